"""The plain form controls, drawn without a template for each option and attribute.

Django's own templates for them include one template an option and one a list of attributes: on a
page with a form that was most of its time. What is written here is what those templates write; a
test holds one against the other. Every other template stays a template.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.safestring import mark_safe

from portal.web.field_group import field_group

Widget = Mapping[str, Any]  # as `Widget.get_context` of Django makes it


class Renderer(TemplatesSetting):
    """FORM_RENDERER of the portal."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        if template_name == self.field_template_name:
            return field_group(context["field"])
        draw = CONTROLS.get(template_name)
        if draw is None or not _has_plain_options(context["widget"]):
            return super().render(template_name, context, request)
        # Everything in it was escaped on its way in.
        return mark_safe(draw(context["widget"]))  # noqa: S308


def attributes(widget: Widget) -> str:
    """` id="x" checked`: what is False is left out, what is True has no value."""
    return "".join(
        f" {word(name)}" if value is True else f' {word(name)}="{escape_text(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def escape_text(value: Any) -> str:
    """As Django's conditional_escape, which asks of each text in three ways whether it is lazy: of
    a list of 500 people that was a third of the page."""
    text = value if isinstance(value, str) else str(value)
    return text.__html__() if hasattr(text, "__html__") else escape(text)


@lru_cache(maxsize=512)
def word(name: str) -> str:
    """A field's or an attribute's name, escaped; there are few, and each comes often."""
    return escape(name)


def field(widget: Widget) -> str:
    value = widget["value"]
    shown = "" if value is None else f' value="{escape_text(value)}"'
    return (
        f'<input type="{word(widget["type"])}" name="{word(widget["name"])}"'
        f"{shown}{attributes(widget)}>"
    )


def textarea(widget: Widget) -> str:
    text = escape_text(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{word(widget["name"])}"{attributes(widget)}>\n{text}</textarea>'


def select(widget: Widget) -> str:
    groups = "".join(
        f'\n<optgroup label="{escape_text(name)}">{_options(options)}\n</optgroup>'
        if name
        else _options(options)
        for name, options, _index in widget["optgroups"]
    )
    return f'<select name="{word(widget["name"])}"{attributes(widget)}>{groups}\n</select>'


def choices(widget: Widget) -> str:
    """Radio buttons or boxes to tick, each in its label."""
    own = widget["attrs"]
    id_ = f' id="{escape_text(own["id"])}"' if own.get("id") else ""
    class_ = f' class="{escape_text(own["class"])}"' if own.get("class") else ""
    groups = "".join(
        f"\n<div><label>{escape_text(name)}</label>{_ticks(options)}\n</div>"
        if name
        else _ticks(options)
        for name, options, _index in widget["optgroups"]
    )
    return f"<div{id_}{class_}>{groups}\n</div>"


def _options(options: Iterable[Widget]) -> str:
    return "".join(
        f'\n<option value="{escape_text(option["value"])}"{attributes(option)}>'
        f"{escape_text(option['label'])}</option>"
        for option in options
    )


def _ticks(options: Iterable[Widget]) -> str:
    return "".join(f"<div>\n{_tick(option)}</div>" for option in options)


def _tick(option: Widget) -> str:
    if not option["wrap_label"]:
        return field(option)
    id_ = option["attrs"].get("id")
    for_ = f' for="{escape_text(id_)}"' if id_ else ""
    return f"<label{for_}>{field(option)} {escape_text(option['label'])}</label>"


HERE = "django/forms/widgets/"
INPUTS = ("checkbox", "date", "datetime", "email", "hidden", "input", "number", "password",
          "search", "tel", "text", "time", "url")  # fmt: skip
CONTROLS: dict[str, Callable[[Widget], str]] = {
    **{f"{HERE}{name}.html": field for name in INPUTS},
    f"{HERE}textarea.html": textarea,
    f"{HERE}select.html": select,
    f"{HERE}radio.html": choices,
    f"{HERE}checkbox_select.html": choices,
}
PLAIN_OPTIONS = {f"{HERE}{name}_option.html" for name in ("select", "radio", "checkbox")}


def _has_plain_options(widget: Widget) -> bool:
    """Whether no option brings a template of its own."""
    groups = widget.get("optgroups", ())
    return all(
        option["template_name"] in PLAIN_OPTIONS for _n, options, _i in groups for option in options
    )
