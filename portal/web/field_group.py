"""A field with its label, hint and errors, drawn without a template.

`templates/django/forms/field.html` says what a field looks like, and a test holds this against it:
a form of fourteen fields spent a third of its page's time in that template.
"""

from django.forms import BoundField
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


def field_group(field: BoundField) -> SafeString:
    """The field's HTML: a tick, a set of choices under a legend, or a control under its label."""
    wrong = " field--wrong" if field.errors else ""
    id_ = escape(field.auto_id)
    if field.widget_type == "checkbox":
        html = (
            f'<div class="field{wrong} field--tick"{_id(id_, "field")}>'
            f'<div class="tick">{field}<label for="{escape(field.id_for_label)}">'
            f"{conditional_escape(field.label)}</label></div>{_hint(field, id_)}{_errors(field)}"
        )
    elif field.use_fieldset:
        by = f' aria-describedby="{escape(told)}"' if (told := field.aria_describedby) else ""
        html = (
            f'<div class="field{wrong}"{_id(id_, "field")}><fieldset{by}>'
            f'<legend class="field__label">{conditional_escape(field.label)}{_optional(field)}'
            f"</legend>{_hint(field, id_)}{_errors(field)}{field}</fieldset>"
        )
    else:
        html = (
            f'<div class="field{wrong}"{_id(id_, "field")}>'
            f'<label class="field__label" for="{escape(field.id_for_label)}">'
            f"{conditional_escape(field.label)}{_optional(field)}</label>"
            f"{_hint(field, id_)}{_errors(field)}{field}"
        )
    return mark_safe(f"{html}</div>")  # noqa: S308  # each part was escaped on its way in


def _id(auto_id: str, part: str) -> str:
    return f' id="{auto_id}_{part}"' if auto_id else ""


def _optional(field: BoundField) -> str:
    if field.field.required:
        return ""
    return f' <span class="field__optional">{escape(_("(optional)"))}</span>'


def _hint(field: BoundField, auto_id: str) -> str:
    # Ours are plain words; Django's own hints on passwords are lists.
    if not field.help_text:
        return ""
    return f'<div class="field__hint"{_id(auto_id, "helptext")}>{field.help_text}</div>'


def _errors(field: BoundField) -> str:
    return str(field.errors) if field.errors else ""
