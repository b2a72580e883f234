"""A month as its reader's calendar shows it: weeks of days, and what is on each. No request."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import get_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 1971, 2199  # what recurrence covers, with a month to spare at both ends


@dataclass(frozen=True)
class Entry:
    """One thing on a day: a session (`at` an instant) or what comes back on that day (no `at`)."""

    title: str
    url: str
    icon: str
    at: datetime | None = None
    where: str = ""
    is_cancelled: bool = False


@dataclass
class Day:
    day: date
    in_month: bool
    is_today: bool
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Month:
    """A month of the calendar in one zone. Raises ValueError where there is no such month."""

    year: int
    month: int
    zone: ZoneInfo
    today: date

    def __post_init__(self) -> None:
        if not (FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.month <= 12):
            raise ValueError("no month of our calendar")

    @property
    def title(self) -> str:
        # Translators: a month and its year, "November 2026"
        return capfirst(_("%(month)s %(year)d") % {"month": MONTHS[self.month], "year": self.year})

    @property
    def previous(self) -> tuple[int, int]:
        return (self.year - 1, 12) if self.month == 1 else (self.year, self.month - 1)

    @property
    def following(self) -> tuple[int, int]:
        return (self.year + 1, 1) if self.month == 12 else (self.year, self.month + 1)

    @property
    def is_now(self) -> bool:
        return (self.year, self.month) == (self.today.year, self.today.month)

    def days(self) -> list[date]:
        """Whole weeks that hold the month, from the day on which the reader's weeks begin."""
        weeks = calendar.Calendar(_first_weekday()).monthdatescalendar(self.year, self.month)
        return [day for week in weeks for day in week]

    def weekdays(self) -> list[str]:
        first = _first_weekday()
        return [capfirst(str(WEEKDAYS[(first + place) % 7])) for place in range(7)]

    def span(self) -> tuple[datetime, datetime]:
        """The instants at which its first week begins and its last week is over."""
        days = self.days()
        after = days[-1] + timedelta(days=1)
        first, last = (datetime.combine(day, time.min, self.zone) for day in (days[0], after))
        return first, last

    def with_entries(self, entries: Iterable[tuple[date, Entry]]) -> list[list[Day]]:
        """Its weeks, each day with what is on it, in the order given."""
        days = {
            day: Day(day, in_month=day.month == self.month, is_today=day == self.today)
            for day in self.days()
        }
        for day, entry in entries:
            if day in days:
                days[day].entries.append(entry)
        row = list(days.values())
        return [row[start : start + 7] for start in range(0, len(row), 7)]


def month_of(year: int, month: int) -> Month:
    """That month for the reader whose zone is active. Raises ValueError as Month does."""
    zone = timezone.get_current_timezone()
    assert isinstance(zone, ZoneInfo)
    return Month(year, month, zone, timezone.localdate())


def _first_weekday() -> int:
    """0 for Monday, as `calendar` counts; the reader's language says it with 0 for Sunday."""
    return (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7
