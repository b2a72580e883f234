"""One base for every form: our field template, our words, and the browser's own pickers.

A form that fails is shown again with everything typed and an error summary on top; the templates
under templates/django/forms/ do that, so `{{ form }}` or `{{ form.field.as_field_group }}` is all
a page needs.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.forms.utils import pretty_name
from django.forms.widgets import DateTimeBaseInput
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

# What a browser or a password manager may fill in, by the name of the field (WCAG 1.3.5).
AUTOCOMPLETE = {
    "email": "email",
    "name": "name",
    "phone": "tel",
    "password": "current-password",
    "code": "one-time-code",
}

# The browser's own picker for a day and a time. It sends, and wants back, this one format.
PICKERS: tuple[tuple[type[DateTimeBaseInput], str, str], ...] = (
    (forms.DateInput, "date", "%Y-%m-%d"),
    (forms.TimeInput, "time", "%H:%M"),
    (forms.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
)


class LongText(forms.Textarea):
    """A writing surface: grows with the text and keeps a readable measure."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "longform", "rows": 5, **(attrs or {})})


class Ticks(forms.CheckboxSelectMultiple):
    """Boxes side by side: days of the week, say. They answer without script."""

    def __init__(self) -> None:
        super().__init__({"class": "ticks"})


class _House:
    """What every form of the house does to its fields.

    `autocomplete` adds to or overrides AUTOCOMPLETE for one form.
    """

    autocomplete: ClassVar[dict[str, str]] = {}
    # The server says what is missing, in our words, all at once and next to the field.
    use_required_attribute = False
    error_css_class = "field--wrong"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            dress(field, name, autocomplete={**AUTOCOMPLETE, **self.autocomplete}.get(name))


class Form(_House, forms.Form):
    """A form of the house."""


class ModelForm(_House, forms.ModelForm):
    """A form of the house over a model."""


def dress(field: forms.Field, name: str, *, autocomplete: str | None = None) -> None:
    """Give a field our error words, the browser's picker and its autocomplete token."""
    for widget_class, input_type, format_ in PICKERS:
        if type(field.widget) is widget_class:
            field.widget.input_type = input_type
            field.widget.format = format_
    if autocomplete:
        field.widget.attrs.setdefault("autocomplete", autocomplete)
    for code, words in _words_for(field, name).items():
        default = _default_message(field, code)
        if field.error_messages.get(code) == default:
            field.error_messages[code] = words


def _words_for(field: forms.Field, name: str) -> dict[str, Any]:
    label = pretty_name(name) if field.label is None else field.label
    chooses = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    if isinstance(field, forms.BooleanField):
        required = _("Tick “{label}” to go on.")
    elif chooses:
        required = _("Choose an answer for “{label}”.")
    else:
        required = _("Fill in “{label}”.")
    words: dict[str, Any] = {"required": format_lazy(required, label=label)}
    if chooses:
        words["invalid_choice"] = format_lazy(
            _("Choose one of the answers listed for “{label}”."), label=label
        )
    return words


def _default_message(field: forms.Field, code: str) -> Any:
    """Django's own words for this error, so that words which a form gives itself are kept."""
    for each in type(field).__mro__:
        messages = getattr(each, "default_error_messages", {})
        if code in vars(each).get("default_error_messages", {}):
            return messages[code]
    return None
