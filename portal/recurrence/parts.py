"""An RRULE's text (RFC 5545, 3.3.10), read strictly: what we cannot keep, we refuse in words."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from dateutil import rrule
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONGEST = 250  # characters of a rule
MOST = 1000  # of an INTERVAL or a COUNT

FREQUENCIES = {
    "YEARLY": rrule.YEARLY,
    "MONTHLY": rrule.MONTHLY,
    "WEEKLY": rrule.WEEKLY,
    "DAILY": rrule.DAILY,
}
FINER = {"HOURLY", "MINUTELY", "SECONDLY"}
TIMES = {"BYHOUR", "BYMINUTE", "BYSECOND"}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
UNTIL = re.compile(r"[0-9]{8}(T[0-9]{6}Z?)?")

# part: (dateutil's name for it, lowest, highest); negative counts from the end, 0 never fits
RANGES = {
    "BYMONTH": ("bymonth", 1, 12),
    "BYMONTHDAY": ("bymonthday", -31, 31),
    "BYYEARDAY": ("byyearday", -366, 366),
    "BYWEEKNO": ("byweekno", -53, 53),
    "BYSETPOS": ("bysetpos", -366, 366),
}


class NotARecurrence(ValueError):
    """A rule that cannot be kept. Its message is for the person who chose it."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Day:
    """A weekday, 0 for Monday, and which one of the month or year: 2, or -1 for the last."""

    weekday: int
    nth: int | None = None


@dataclass(frozen=True)
class Parts:
    """A rule taken apart."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: datetime | None = None  # naive: wall time; aware: an instant
    days: tuple[Day, ...] = ()
    week_starts: int = 0  # 0 for Monday
    numbers: tuple[tuple[str, tuple[int, ...]], ...] = ()

    def number(self, part: str) -> tuple[int, ...]:
        """The numbers of BYMONTHDAY, say; none when the rule does not name it."""
        return dict(self.numbers).get(part, ())

    def for_dateutil(self) -> dict[str, Any]:
        """Everything but COUNT, UNTIL and the start, as dateutil's rrule takes it."""
        arguments: dict[str, Any] = {RANGES[part][0]: given for part, given in self.numbers}
        if self.days:
            arguments["byweekday"] = [rrule.weekday(day.weekday, day.nth) for day in self.days]
        return arguments | {
            "freq": FREQUENCIES[self.frequency],
            "interval": self.interval,
            "wkst": self.week_starts,
        }


def read(text: str) -> Parts:
    """Take an RRULE apart. Raises NotARecurrence."""
    if len(text) > LONGEST:
        raise NotARecurrence(_("Choose a simpler rule: this one is too long to read."))
    given: dict[str, str] = {}
    for piece in text.upper().split(";"):
        name, equals, value = piece.strip().partition("=")
        if not equals or not value or name in given:
            raise NotARecurrence(_("Write the rule as FREQ=WEEKLY;BYDAY=FR, each part once."))
        given[name] = value

    frequency = given.pop("FREQ", "")
    if frequency in FINER or TIMES & set(given):
        raise NotARecurrence(_("Choose a rule that comes once a day at most."))
    if frequency not in FREQUENCIES:
        raise NotARecurrence(_("Choose how often: every day, week, month or year."))
    if "COUNT" in given and "UNTIL" in given:
        raise NotARecurrence(_("Choose either how many times or a last day, not both."))

    parts = Parts(
        frequency=frequency,
        interval=_whole(given.pop("INTERVAL", "1")),
        count=_whole(given.pop("COUNT")) if "COUNT" in given else None,
        until=_until(given.pop("UNTIL")) if "UNTIL" in given else None,
        days=_days(given.pop("BYDAY", ""), frequency),
        week_starts=_week_start(given.pop("WKST", "MO")),
        numbers=tuple((part, _numbers(part, value)) for part, value in given.items()),
    )
    if parts.number("BYWEEKNO") and frequency != "YEARLY":
        raise NotARecurrence(_("Choose a yearly rule to name weeks of the year."))
    if parts.number("BYMONTHDAY") and frequency in {"WEEKLY", "DAILY"}:
        raise NotARecurrence(_("Choose a monthly rule to name days of the month."))
    if parts.number("BYSETPOS") and frequency == "DAILY":
        raise NotARecurrence(_("Choose a weekly or monthly rule to take one of several days."))
    if parts.number("BYYEARDAY") and frequency != "YEARLY":
        raise NotARecurrence(_("Choose a yearly rule to name days of the year."))
    if parts.number("BYSETPOS") and not (parts.days or len(parts.numbers) > 1):
        raise NotARecurrence(_("Choose the days from which BYSETPOS takes one."))
    return parts


def _whole(value: str) -> int:
    if not value.isascii() or not value.isdecimal() or not 1 <= int(value[:9]) <= MOST:
        raise NotARecurrence(_("Choose a whole number from 1 to 1000."))
    return int(value)


def _until(value: str) -> datetime:
    """A bare date means the end of that day; `Z` an instant; else wall time."""
    try:
        if UNTIL.fullmatch(value):
            if len(value) == 8:
                return datetime.strptime(value + "235959", "%Y%m%d%H%M%S")  # noqa: DTZ007  # wall
            if value.endswith("Z"):
                return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            return datetime.strptime(value, "%Y%m%dT%H%M%S")  # noqa: DTZ007  # wall time
    except ValueError:
        pass
    raise NotARecurrence(_("Choose a last day that is in the calendar."))


def _days(value: str, frequency: str) -> tuple[Day, ...]:
    days = []
    for name in value.split(",") if value else ():
        found = DAY.fullmatch(name)
        if found is None:
            raise NotARecurrence(_("Choose days of the week, as MO or 2FR or -1FR."))
        nth = int(found[1]) if found[1] else None
        if nth is not None and (frequency not in {"MONTHLY", "YEARLY"} or not 1 <= abs(nth) <= 53):
            raise NotARecurrence(
                _("Choose a monthly rule to name the first or last weekday of a month.")
            )
        days.append(Day(DAYS.index(found[2]), nth))
    return tuple(days)


def _week_start(value: str) -> int:
    if value not in DAYS:
        raise NotARecurrence(_("Choose the day on which the week starts, as MO."))
    return DAYS.index(value)


def _numbers(part: str, value: str) -> tuple[int, ...]:
    if part not in RANGES:
        raise NotARecurrence(_("Write the rule as FREQ=WEEKLY;BYDAY=FR, each part once."))
    _name, lowest, highest = RANGES[part]
    numbers = []
    for each in value.split(","):
        if not re.fullmatch(r"[+-]?[0-9]{1,3}", each):
            raise NotARecurrence(_("Choose days and months by their number."))
        number = int(each)
        if number == 0 or not lowest <= number <= highest:
            raise NotARecurrence(_("Choose days and months that are in the calendar."))
        numbers.append(number)
    return tuple(numbers)
