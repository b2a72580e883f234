"""The rhythms that people name, and the RRULE (RFC 5545) each of them is. Pure: no models.

`Rhythm("third", "TU")` is the third Tuesday of the month. A fifth weekday is not offered: most
months have none; "last" is what people mean by it.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PLACES: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
WEEKDAYS: Final[dict[str, str | Promise]] = {
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
    "fortnightly": _("Every second week"),
    "first": _("The first one of the month"),
    "second": _("The second one of the month"),
    "third": _("The third one of the month"),
    "fourth": _("The fourth one of the month"),
    "last": _("The last one of the month"),
}
WRITTEN = re.compile(
    r"FREQ=(?P<freq>WEEKLY|MONTHLY)(;INTERVAL=(?P<interval>2))?"
    r";BYDAY=(?P<place>-1|[1-4])?(?P<weekday>MO|TU|WE|TH|FR|SA|SU)"
    r"(;COUNT=(?P<count>\d+))?(;UNTIL=(?P<until>\d{8}T\d{6}Z))?"
)


@dataclass(frozen=True)
class Rhythm:
    """How often, on which weekday, and for how long: `count` times, `until` a day, or neither."""

    kind: str
    weekday: str
    count: int | None = None
    until: date | None = None

    def rule(self, zone: str) -> str:
        """The RRULE. UNTIL is the end of the last day in `zone`, in UTC, as RFC 5545 wants it."""
        if self.kind in PLACES:
            parts = ["FREQ=MONTHLY", f"BYDAY={PLACES[self.kind]}{self.weekday}"]
        elif self.kind == "fortnightly":
            parts = ["FREQ=WEEKLY", "INTERVAL=2", f"BYDAY={self.weekday}"]
        else:
            parts = ["FREQ=WEEKLY", f"BYDAY={self.weekday}"]
        if self.count:
            parts.append(f"COUNT={self.count}")
        if self.until:
            last = datetime.combine(self.until, time(23, 59, 59), ZoneInfo(zone)).astimezone(UTC)
            parts.append(f"UNTIL={last:%Y%m%dT%H%M%SZ}")
        return ";".join(parts)

    @classmethod
    def of(cls, rule: str, zone: str) -> "Rhythm | None":
        """The rhythm that `rule` writes, or None when it is one that we have no words for."""
        found = WRITTEN.fullmatch(rule)
        if found is None:
            return None
        part = found.groupdict()
        if part["freq"] == "MONTHLY":
            if part["place"] is None or part["interval"]:
                return None
            kind = next(name for name, n in PLACES.items() if n == int(part["place"]))
        elif part["place"]:
            return None
        else:
            kind = "fortnightly" if part["interval"] else "weekly"
        until = None
        if part["until"]:
            last = datetime.strptime(part["until"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            until = last.astimezone(ZoneInfo(zone)).date()
        return cls(kind, part["weekday"], int(part["count"]) if part["count"] else None, until)
