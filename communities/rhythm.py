"""The rhythms that people name, and the RRULE (RFC 5545) each of them is. Pure: no models.

`Rhythm("third", ("TU",))` is the third Tuesday of the month. A fifth weekday is not offered: most
months have none; "last" is what people mean by it. Weekly rhythms may have several days; "the
last weekday" of a month is the last of Monday to Friday and names no day.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PLACES: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
WEEKDAYS: Final = {
    "MO": _("Monday"),
    "TU": _("Tuesday"),
    "WE": _("Wednesday"),
    "TH": _("Thursday"),
    "FR": _("Friday"),
    "SA": _("Saturday"),
    "SU": _("Sunday"),
}
KINDS: Final[dict[str, str | Promise]] = {
    "weekly": _("Every week"),
    "fortnightly": _("Every other week"),
    "first": _("The first one of the month"),
    "second": _("The second one of the month"),
    "third": _("The third one of the month"),
    "fourth": _("The fourth one of the month"),
    "last": _("The last one of the month"),
    "last_weekday": _("The last weekday of the month, Monday to Friday"),
}
LAST_WEEKDAY = "BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
DAY = f"({'|'.join(WEEKDAYS)})"
WRITTEN = re.compile(
    rf"(FREQ=WEEKLY(;INTERVAL=(?P<interval>2))?;BYDAY=(?P<weekdays>{DAY}(,{DAY})*)"
    rf"|FREQ=MONTHLY;BYDAY=(?P<place>-1|[1-4])(?P<weekday>{DAY})"
    rf"|FREQ=MONTHLY;{LAST_WEEKDAY})"
    r"(;COUNT=(?P<count>\d+))?(;UNTIL=(?P<until>\d{8}T\d{6}Z))?"
)


@dataclass(frozen=True)
class Rhythm:
    """How often, on which weekdays, and for how long: `count` times, `until` a day, or neither."""

    kind: str
    weekdays: tuple[str, ...] = ()
    count: int | None = None
    until: date | None = None

    def rule(self, zone: str) -> str:
        """The RRULE. UNTIL is the end of the last day in `zone`, in UTC, as RFC 5545 wants it."""
        days = ",".join(day for day in WEEKDAYS if day in self.weekdays)
        if self.kind == "last_weekday":
            parts = ["FREQ=MONTHLY", LAST_WEEKDAY]
        elif self.kind in PLACES:
            parts = ["FREQ=MONTHLY", f"BYDAY={PLACES[self.kind]}{days}"]
        elif self.kind == "fortnightly":
            parts = ["FREQ=WEEKLY", "INTERVAL=2", f"BYDAY={days}"]
        else:
            parts = ["FREQ=WEEKLY", f"BYDAY={days}"]
        if self.count:
            parts.append(f"COUNT={self.count}")
        if self.until:
            parts.append(f"UNTIL={end_of(self.until, zone):%Y%m%dT%H%M%SZ}")
        return ";".join(parts)

    @property
    def days(self) -> int:
        """From one time to the next, at the least."""
        if self.kind in {"weekly", "fortnightly"}:
            return (7 if self.kind == "weekly" else 14) // max(len(self.weekdays), 1)
        return 28

    @classmethod
    def of(cls, rule: str, zone: str) -> "Rhythm | None":
        """The rhythm that `rule` writes, or None when it is one that we have no words for."""
        found = WRITTEN.fullmatch(rule)
        if found is None:
            return None
        part = found.groupdict()
        if part["weekdays"]:
            kind = "fortnightly" if part["interval"] else "weekly"
            weekdays = tuple(part["weekdays"].split(","))
        elif part["weekday"]:
            kind = next(name for name, n in PLACES.items() if n == int(part["place"]))
            weekdays = (part["weekday"],)
        else:
            kind, weekdays = "last_weekday", ()
        until = None
        if part["until"]:
            last = datetime.strptime(part["until"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            until = last.astimezone(ZoneInfo(zone)).date()
        return cls(kind, weekdays, int(part["count"]) if part["count"] else None, until)


def end_of(day: date, zone: str) -> datetime:
    """The last second of a day in `zone`, as an instant."""
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(zone)).astimezone(UTC)


def ending(rule: str, day: date, zone: str) -> str:
    """`rule` with `day` as its last: a COUNT or another UNTIL gives way."""
    return f"{_endless(rule)};UNTIL={end_of(day, zone):%Y%m%dT%H%M%SZ}"


def counting(rule: str, count: int) -> str:
    """`rule`, `count` times."""
    return f"{_endless(rule)};COUNT={count}"


def _endless(rule: str) -> str:
    parts = rule.split(";")
    return ";".join(part for part in parts if not part.startswith(("COUNT=", "UNTIL=")))
