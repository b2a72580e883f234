"""The days of a year on which a person wrote, as months to read. Nothing is counted or ranked:
a journal is no duty."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from communities.month import Month, month_of

Written = tuple[UUID, datetime]  # an entry's key, and when it was kept


@dataclass(frozen=True)
class Day:
    """A day of a month; `url` leads to what was written on it, or is empty."""

    day: date
    in_month: bool
    url: str = ""


@dataclass(frozen=True)
class Page:
    """One month and its weeks."""

    month: Month
    weeks: list[list[Day]]

    @property
    def is_written_on(self) -> bool:
        return any(day.url for week in self.weeks for day in week)


def months_of(year: int, written: Iterable[Written], today: date) -> list[Page]:
    """The months of `year` up to today's, each with its days, in the zone that is active.
    Raises ValueError for a year that no calendar of ours has."""
    ways: dict[date, list[UUID]] = {}
    for key, kept_at in written:
        ways.setdefault(timezone.localdate(kept_at), []).append(key)
    last = today.month if year == today.year else 12
    return [_page(month_of(year, number), ways) for number in range(1, last + 1)]


def _page(month: Month, ways: dict[date, list[UUID]]) -> Page:
    days = [
        Day(day, day.month == month.month, _way(day, ways.get(day, [])))
        if day.month == month.month
        else Day(day, in_month=False)
        for day in month.days()
    ]
    return Page(month, [days[start : start + 7] for start in range(0, len(days), 7)])


def _way(day: date, keys: list[UUID]) -> str:
    """To the entry of that day, or to the list of them."""
    if not keys:
        return ""
    if len(keys) == 1:
        return reverse("reflections:reflections.show", args=[keys[0]])
    asked = urlencode({"from": day.isoformat(), "to": day.isoformat()})
    return f"{reverse('reflections:searches.index')}?{asked}"
