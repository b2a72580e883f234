"""Choosing among people, by name."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from portal.people.models import User
from portal.web.renderer import escape_text


def offer(
    field: forms.Field, people: QuerySet[User], *before: tuple[Any, Any]
) -> list[tuple[Any, Any]]:
    """Let a model's choice field choose among `people`, after the choices in `before`; all of them.

    Their names are read once: a page that asked whether there is anybody to choose, and then drew
    them, loaded every one of them twice and whole.
    """
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = people
    names = people.values_list("pk", "name", "email")
    choices = [*before, *((pk, name or email) for pk, name, email in names)]
    field.choices = choices
    return choices


class Boxes(forms.CheckboxSelectMultiple):
    """A box to tick for each, without a context for each: an admin may have five hundred people.

    The same HTML as Django's own widget gives, for choices without groups.
    """

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        given = self.build_attrs(self.attrs, attrs)
        id_ = conditional_escape(given.pop("id", f"id_{name}"))
        rest, name, chosen = flatatt(given), conditional_escape(name), set(self.format_value(value))
        boxes = "".join(
            f'<div>\n<label for="{id_}_{place}"><input type="checkbox" name="{name}" '
            f'value="{escape_text(key)}" id="{id_}_{place}"{rest}'
            f"{' checked' if str(key) in chosen else ''}> {escape_text(label)}"
            "</label></div>"
            for place, (key, label) in enumerate(self.choices)
        )
        return mark_safe(f'<div id="{id_}">{boxes}\n</div>')  # noqa: S308 - escaped above
