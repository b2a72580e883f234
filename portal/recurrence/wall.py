"""Between what a clock on the wall shows and instants, in a zone of the zone database."""

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones


@cache
def zone_names() -> frozenset[str]:
    """Every name of the zone database. Read from disk once a process."""
    return frozenset(available_timezones())


def instant(wall: datetime, zone: str) -> datetime:
    """The UTC instant at which clocks in `zone` show the naive `wall`.

    A wall time that the clocks skip is read with the offset before the gap, so 02:30 becomes
    03:30 (RFC 5545, 3.3.5); one that they show twice means the first. `fold=0` is both (PEP 495).
    """
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def wall_time(at: datetime, zone: str) -> datetime:
    """What clocks in `zone` show at an instant: naive."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def is_skipped(wall: datetime, zone: str) -> bool:
    """Whether clocks in `zone` never show `wall`: they jump over it."""
    return wall_time(instant(wall, zone), zone) != wall
