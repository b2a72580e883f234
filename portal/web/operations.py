"""Operations: Django's admin, for those who run the portal. It opens no journal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.apps import AdminConfig
from django.db.models import Model
from django.db.models.base import ModelBase
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

# What operations may open, by label. Whatever a third party registers besides (authenticators
# with their secrets, sessions, groups) stays out.
OPEN = {"people.User", "agencies.Agency", "audit.Entry"}


class OperationsSite(AdminSite):
    site_title = site_header = _("Trellis operations")
    index_title = _("Who runs on this portal")
    site_url = "/"
    final_catch_all_view = False

    def register(
        self,
        model_or_iterable: ModelBase | type[Model] | Iterable[type[Model]],
        admin_class: type[ModelAdmin[Any]] | None = None,
        **options: Any,
    ) -> None:
        """Take in the models of `OPEN`, and no other."""
        models: Any = model_or_iterable
        if isinstance(models, ModelBase):
            models = [models]
        wanted = [model for model in models if model._meta.label in OPEN]
        super().register(wanted, admin_class, **options)


class OperationsAdmin(ModelAdmin):
    """A page of operations: no deleting, no bulk actions, and no URL without a name."""

    actions = None
    show_full_result_count = False

    def get_urls(self) -> list[URLPattern]:
        # Django adds a nameless redirect for links of before 1.9.
        return [url for url in super().get_urls() if getattr(url, "name", None)]

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False


class OperationsConfig(AdminConfig):
    default = False
    default_site = "portal.web.operations.OperationsSite"
