"""What every template may use without loading it: icons, times in the reader's zone, ids."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.web.devices import device_name

register = template.Library()
register.filter("device_name", device_name)

SMALL_PARTS = {"al", "bin", "da", "de", "del", "di", "la", "van", "von"}


@register.simple_tag
def icon(name: str) -> SafeString:
    """The drawing static/icons/<name>.svg inside the page, hidden from screen readers.

    Raises FileNotFoundError for a name that has no drawing: a test walks every page.
    """
    return _drawing("icons", name, "icon")


@register.simple_tag
def illustration(name: str) -> SafeString:
    """The drawing static/illustrations/<name>.svg inside the page, hidden from screen readers."""
    return _drawing("illustrations", name, "illustration")


@lru_cache(maxsize=256)
def _drawing(folder: str, name: str, css_class: str) -> SafeString:
    if not re.fullmatch(r"[a-z0-9-]+", name):
        raise FileNotFoundError(f"static/{folder}/{name}.svg")
    path = Path(settings.BASE_DIR) / "static" / folder / f"{name}.svg"
    svg = re.sub(r"\s+", " ", path.read_text()).strip().replace("> <", "><")
    svg = svg.replace(' xmlns="http://www.w3.org/2000/svg"', "", 1)
    svg = svg.replace("<svg", f'<svg class="{css_class} {css_class}--{name}" aria-hidden="true"', 1)
    return mark_safe(svg)  # noqa: S308 - the drawings are our own files


@register.filter
def local_time(instant: dt.datetime | None, part: str = "") -> str:
    """An instant as the reader's clock shows it, the zone named: "Tue, Nov 24, 5 p.m. EST".

    `instant|local_time:"time"` leaves the day out. The active time zone is the reader's (the
    middleware sees to that). A naive datetime has no instant and raises ValueError.
    """
    if not instant:
        return ""
    local = timezone.localtime(instant)
    wall, zone, this_year = local.replace(tzinfo=None), _zone_name(local), timezone.localdate().year
    return _time_tag(instant.astimezone(dt.UTC), wall, zone, part, this_year, get_language())


@lru_cache(maxsize=4096)  # a community's people read the same times again and again
def _time_tag(
    instant: dt.datetime,
    wall: dt.datetime,
    zone: str,
    part: str,
    this_year: int,
    _language: str | None,
) -> SafeString:
    clock = f"{date_format(wall, 'TIME_FORMAT')} {zone}"
    words = clock if part == "time" else f"{_day(wall.date(), this_year)}, {clock}"
    return format_html(
        '<time datetime="{}">{}</time>',
        instant.isoformat("T", "seconds"),
        words,
    )


@register.filter
def local_span(start: dt.datetime, end: dt.datetime) -> str:
    """From one instant to another, the zone named once where it is the same:
    "Tue, Nov 24, 5 p.m. to 6 p.m. EST"."""
    local, until = timezone.localtime(start), timezone.localtime(end)
    if _zone_name(local) != _zone_name(until):
        begins = local_time(start)
    else:
        words = f"{_day(local.date(), timezone.localdate().year)}, "
        begins = format_html(
            '<time datetime="{}">{}</time>',
            start.astimezone(dt.UTC).isoformat("T", "seconds"),
            words + date_format(local, "TIME_FORMAT"),
        )
    return format_html("{} {} {}", begins, _("to"), local_time(end, "time"))


@register.filter
def local_day(day: dt.date | dt.datetime | None) -> str:
    """A day in words, "Tue, Nov 24"; the year only when it is not this one.

    An instant is first put on the reader's calendar.
    """
    if not day:
        return ""
    if isinstance(day, dt.datetime):
        day = timezone.localtime(day).date()
    return _day_tag(day, timezone.localdate().year, get_language())


@lru_cache(maxsize=1024)  # a list names the same days again and again
def _day_tag(day: dt.date, this_year: int, _language: str | None) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), _day(day, this_year))


def _day(day: dt.date, this_year: int) -> str:
    if day.year == this_year:
        # Translators: a day of this year, in Django's date format letters
        return date_format(day, _("D, M j"))
    # Translators: a day of another year, in Django's date format letters
    return date_format(day, _("D, M j, Y"))


def _zone_name(local: dt.datetime) -> str:
    """The zone's abbreviation; zones that only have a number say what it counts from."""
    name = local.tzname() or ""
    return f"UTC{name}" if name[:1] in "+-" else name


@register.simple_tag
def dom_id(thing: Model, suffix: str = "") -> str:
    """The id of a thing on a page, "session-7": what htmx swaps and what a link can point to."""
    name = f"{thing._meta.model_name}-{thing.pk}"
    return f"{name}-{suffix}" if suffix else name


@register.filter
def initials(person: Any) -> str:
    """One or two letters for a person's round picture, from the name or else the email."""
    name = str(getattr(person, "name", "") or getattr(person, "email", "") or person)
    parts = [part for part in re.split(r"[\s.@_-]+", name) if part.lower() not in SMALL_PARTS]
    if not parts:
        return "?"
    first, last = parts[0], parts[-1]
    return (first[:1] + (last[:1] if last is not first and "@" not in name else "")).upper()


@register.filter
def tint(person: Any) -> int:
    """Which of five quiet tints a person's round picture has; says nothing about them."""
    return (getattr(person, "pk", None) or 0) % 5


@register.simple_tag
def person(person: Any, role: Any = "") -> SafeString:
    """A person with their initials, and a word under the name: components/person.html in a row of
    many, where a template for each was a fifth of the page."""
    shown = getattr(person, "name", "") or getattr(person, "email", "")
    words = str(role)
    under = (
        format_html('<span class="person__role">{}</span>', words[:1].upper() + words[1:])
        if words
        else ""
    )
    return format_html(
        '<span class="person"><span class="avatar avatar--{}" aria-hidden="true">{}</span>'
        '<span class="person__words"><span class="person__name">{}</span>{}</span></span>',
        tint(person),
        initials(person),
        shown,
        under,
    )
