"""The next decent instant: pure, by the clock on a person's wall."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.recurrence import wall_time

EVERY_DAY = frozenset(range(7))
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """From `begins` until `ends` on the wall; over midnight when it ends before it begins.

    A window over midnight belongs to the day it began: Friday's ends on Saturday morning.
    `weekdays` (0 for Monday) are those on which it begins.
    """

    begins: time
    ends: time
    weekdays: frozenset[int] = EVERY_DAY

    def end_of(self, wall: datetime) -> datetime | None:
        """When the window that holds the wall time ends; None outside of it. `ends` is outside."""
        for day in (wall.date() - DAY, wall.date()):
            if day.weekday() in self.weekdays:
                opens = datetime.combine(day, self.begins)
                closes = datetime.combine(day if self.begins < self.ends else day + DAY, self.ends)
                if opens <= wall < closes and self.begins != self.ends:
                    return closes
        return None


def next_decent(
    at: datetime, zone: str, window: Window | None, closed: Collection[date] = ()
) -> datetime:
    """The first instant from `at` on that is outside the window and on none of `closed` days.

    `at` itself when it is decent already. Days and hours are those of `zone`.
    """
    decent = at
    for _turn in range(2 * len(closed) + 3):
        wall = wall_time(decent, zone)
        if wall.date() in closed:
            decent = _when(datetime.combine(wall.date() + DAY, time()), zone, decent)
        elif window and (end := window.end_of(wall)):
            decent = _when(end, zone, decent)
        else:
            break
    return decent


def _when(wall: datetime, zone: str, after: datetime) -> datetime:
    """The instant of a wall time, later than `after`: the second one, where clocks show it twice
    and the first has passed."""
    tz = ZoneInfo(zone)
    for fold in (0, 1):
        found = wall.replace(tzinfo=tz, fold=fold).astimezone(UTC)
        if found > after:
            return found
    return after + MINUTE
