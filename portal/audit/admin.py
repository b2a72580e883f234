"""The audit log in operations: to read, never to change."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from portal.audit.models import Entry
from portal.web.operations import OperationsAdmin


@admin.register(Entry)
class EntryAdmin(OperationsAdmin):
    list_display = ["at", "kind", "subject_type", "subject_id", "actor_id", "agency_id"]
    ordering = ["-pk"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
