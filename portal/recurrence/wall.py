"""Between what a clock on the wall shows and instants, in a zone of the zone database."""

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones


@cache
def zone_names() -> frozenset[str]:
    """Every name of the zone database. Read from disk once a process."""
    return frozenset(available_timezones())


@cache
def zone_rules() -> str:
    """Which edition of the zone database this process reads ("2026c"): clocks are changed by law,
    at times at short notice."""
    for folder in zoneinfo.TZPATH:
        said = Path(folder) / "tzdata.zi"
        if said.is_file():
            with said.open(encoding="ascii") as file:
                return file.readline().removeprefix("# version ").strip()
    return str(import_module("tzdata").IANA_VERSION)


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


def skipped_days(hour: time, zone: str, first: date, last: date) -> Iterator[date]:
    """The days from `first` to `last` on which clocks in `zone` never show `hour`, in order."""
    for year in range(first.year, last.year + 1):
        for day in _jumps(zone, year):
            if first <= day <= last and is_skipped(datetime.combine(day, hour), zone):
                yield day


@lru_cache(maxsize=2048)
def _jumps(zone: str, year: int) -> tuple[date, ...]:
    """The days of a year on which clocks may jump over something. A few ms to find: kept."""
    around = timedelta(days=1)
    noon = datetime.combine(date(year, 1, 1) - around, time(12))
    days = [noon + timedelta(days=n) for n in range(368)]
    offsets = [day.replace(tzinfo=ZoneInfo(zone)).utcoffset() or timedelta() for day in days]
    return tuple(
        sorted(
            {
                each
                for day, before, after in zip(days[1:], offsets, offsets[1:], strict=False)
                if after > before
                for each in (day.date() - around, day.date())
                if each.year == year
            }
        )
    )
