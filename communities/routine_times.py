"""The next times of a routine, for whoever is about to make or change one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from portal.recurrence import Recurrence, instant

SHOWN = 10
MOST_SKIPPED = 60


@dataclass(frozen=True)
class Time:
    """One time: its day on the routine's own clock, and the instant. `skipped`: somebody left it
    out. `shifted`: clocks skip the hour on that day."""

    day: date
    at: datetime
    skipped: bool = False
    shifted: bool = False


def times_of(
    recurrence: Recurrence,
    now: datetime,
    count: int = SHOWN,
    *,
    snoozed_until: date | None = None,
    skipped: Iterable[date] = (),
) -> list[Time]:
    """The next `count` that come, and those left out between them."""
    after = now
    if snoozed_until:
        after = max(now, instant(datetime.combine(snoozed_until, time()), recurrence.zone))
    left_out = set(skipped)
    found: list[Time] = []
    come = 0
    for each in recurrence.following(after, count + min(len(left_out), MOST_SKIPPED)):
        if come == count:
            break
        is_left_out = each.wall.date() in left_out
        come += not is_left_out
        found.append(Time(each.wall.date(), each.at, is_left_out, each.shifted))
    return found
