"""Controls of the review form, written without a template for each: a form has dozens of them.

The same HTML as Django's own widgets give, for choices without groups.
"""

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from portal.web.forms import LongText

Attributes = dict[str, Any] | None


class Radios(forms.RadioSelect):
    """One choice out of few, all in sight."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: Attributes = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        attrs = self.build_attrs(self.attrs, attrs)
        group = conditional_escape(attrs.pop("id", f"id_{name}"))
        rest, name = flatatt(attrs), conditional_escape(name)
        chosen = self.format_value(value)
        options = "".join(
            f'<div><label for="{group}_{place}"><input type="radio" name="{name}" '
            f'value="{conditional_escape(str(code))}" id="{group}_{place}"{rest}'
            f"{' checked' if str(code) in chosen else ''}> {conditional_escape(str(label))}"
            "</label></div>"
            for place, (code, label) in enumerate(self.choices)
        )
        return mark_safe(f'<div id="{group}">{options}</div>')  # noqa: S308 - escaped above


class Choice(forms.Select):
    """One choice out of few, folded."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: Attributes = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        chosen = self.format_value(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (code, mark_safe(" selected") if str(code) in chosen else "", label)
                for code, label in self.choices
            ),
        )
        given = flatatt(self.build_attrs(self.attrs, attrs))
        return format_html('<select name="{}"{}>{}</select>', name, given, options)


class Words(LongText):
    """Free text."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: Attributes = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        given = flatatt(self.build_attrs(self.attrs, attrs))
        words = self.format_value(value) or ""
        # The line break keeps one that the text itself begins with.
        return format_html('<textarea name="{}"{}>\n{}</textarea>', name, given, words)
