"""A time zone, chosen from a list by continent and place."""

from collections import defaultdict
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from portal.recurrence.wall import zone_names

CONTINENTS = (
    "America",
    "Pacific",
    "Europe",
    "Africa",
    "Asia",
    "Australia",
    "Atlantic",
    "Indian",
    "Antarctica",
)


@cache
def places() -> list[tuple[str, list[tuple[str, str]]]]:
    """(continent, [(zone, place)]), North and South America first; old aliases are left out."""
    by_continent: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in sorted(zone_names()):
        continent, slash, place = name.partition("/")
        if slash and continent in CONTINENTS:
            by_continent[continent].append((name, place.replace("_", " ").replace("/", ", ")))
    return [(continent, by_continent[continent]) for continent in CONTINENTS] + [
        ("UTC", [("UTC", "UTC")])
    ]


@cache
def options_of(chosen: str) -> SafeString:
    """The list as HTML with one chosen. An old alias that somebody has stays choosable.

    Kept: Django renders each of 430 options by a template, which took longer than all the rest of
    the page.
    """
    groups = places()
    if not chosen:  # else the browser would choose the first of them in silence
        groups = [("", [("", "")]), *groups]
    elif all(chosen != zone for _continent, zones in groups for zone, _place in zones):
        groups = [("", [(chosen, chosen)]), *groups]
    return format_html_join(
        "",
        '<optgroup label="{}">{}</optgroup>',
        (
            (
                continent,
                format_html_join(
                    "",
                    '<option value="{}"{}>{}</option>',
                    ((z, " selected" if z == chosen else "", place) for z, place in zones),
                ),
            )
            for continent, zones in groups
        ),
    )


class ZoneSelect(forms.Select):
    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        given = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        chosen = str(value) if value in zone_names() else ""
        return format_html("<select{}>{}</select>", flatatt(given), options_of(chosen))

    def use_required_attribute(self, initial: Any) -> bool:
        """Never, as Django answers where no choice is empty; it would read all 430 to see that."""
        return False


class ZoneField(forms.ChoiceField):
    """The name of a zone of the zone database."""

    widget = ZoneSelect

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Time zone"))
        options.setdefault("error_messages", {"invalid_choice": _("Choose a zone from the list.")})
        super().__init__(choices=places, **options)

    def validate(self, value: str) -> None:
        forms.Field.validate(self, value)
        if value and value not in zone_names():
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
