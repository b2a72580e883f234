"""Every clock change of every zone, 2024 to 2035: a skipped time moves on by the gap, a doubled one
takes the first.

What is expected comes from the zone database's offsets, found here by halving: the offset before
a change gives the right instant for a skipped time and for a doubled one alike, since that of the
doubled time's first showing is the one before.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from portal.recurrence import Recurrence, instant

FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
STEP = timedelta(days=7)  # no zone changes its clocks twice within a week in these years
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

Change = tuple[datetime, timedelta, timedelta]  # the instant (naive UTC), the offsets around it


def changes_of(zone: ZoneInfo) -> Iterator[Change]:
    def offset(at: datetime) -> timedelta:
        return at.astimezone(zone).utcoffset()

    low, before = FIRST, offset(FIRST)
    while low < LAST:
        high = low + STEP
        after = offset(high)
        if after != before:
            earlier, later = low, high
            while later - earlier > timedelta(seconds=1):
                middle = earlier + (later - earlier) // 2
                middle = middle.replace(microsecond=0)
                earlier, later = (middle, later) if offset(middle) == before else (earlier, middle)
            yield later.replace(tzinfo=None), before, after
        low, before = high, after


def expected_around(change: Change) -> dict[datetime, datetime]:
    """Wall times around a change, and the instants (naive UTC) they must be."""
    at, before, after = change
    jump = abs(after - before)
    lower, upper = at + min(before, after), at + max(before, after)
    return {
        lower - MINUTE: lower - MINUTE - before,  # the last minute that is not in question
        lower: lower - before,
        lower + jump / 2: lower + jump / 2 - before,
        upper - MINUTE: upper - MINUTE - before,
        upper: upper - after,  # the first minute after it
    }


def test_every_change_of_every_zone_shifts_by_the_gap_and_takes_the_first():
    wrong, seen = [], 0
    for name in sorted(available_timezones()):
        for change in changes_of(ZoneInfo(name)):
            around = expected_around(change)
            found = {wall: instant(wall, name).replace(tzinfo=None) for wall in around}
            wrong += [(name, around, found)] if found != around else []
            wall = list(around)[2]  # in the midst of what is skipped or doubled
            daily = Recurrence("FREQ=DAILY;COUNT=3", wall - DAY, name)
            times = list(daily.following(FIRST - 2 * DAY, 3))
            kept = [(o.wall, o.at.replace(tzinfo=None), o.shifted) for o in times]
            gap = change[2] > change[1]
            seen += 1
            if kept[1] != (wall, around[wall], gap) or [o.shifted for o in times] != [0, gap, 0]:
                wrong.append((name, wall, kept))

    assert wrong == []
    assert seen > 4_000


def test_a_weekly_rhythm_comes_once_a_week_through_every_change():
    """Across each change of the zones that jump by more or less than an hour, too."""
    for name in ("Australia/Lord_Howe", "Africa/Casablanca", "Europe/Dublin", "Antarctica/Troll"):
        for at, before, after in changes_of(ZoneInfo(name)):
            wall = at + min(before, after) + abs(after - before) / 2
            weekly = Recurrence("FREQ=WEEKLY", wall - 2 * STEP, name)
            around = weekly.between(
                (at - 2 * STEP - DAY).replace(tzinfo=UTC), (at + 2 * STEP + DAY).replace(tzinfo=UTC)
            )
            assert [o.wall for o in around] == [wall + n * STEP for n in range(-2, 3)]
