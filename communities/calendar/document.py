"""A whole calendar: what it is called, the zones it uses, its entries. No request, no clock."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from icalendar import Timezone

from communities.calendar.entry import Entry
from communities.calendar.lines import text, written

POLL = "PT4H"  # how often a program may ask again
YEARS_AFTER = 6  # that a zone is told beyond what is written: rules without an end go on


@dataclass(frozen=True)
class Document:
    """The entries, what is done with them (METHOD), and what to say of the calendar itself."""

    entries: list[Entry]
    method: str = "PUBLISH"
    about: list[str] = field(default_factory=list)  # content lines
    every: list[str] = field(default_factory=list)  # content lines in each entry

    def written(self) -> bytes:
        lines = [
            "BEGIN:VCALENDAR",
            "PRODID:-//Trellis//Sessions//EN",
            "VERSION:2.0",
            "CALSCALE:GREGORIAN",
            f"METHOD:{self.method}",
            *self.about,
        ]
        for zone, (first, last) in sorted(spans(self.entries).items()):
            lines += zone_lines(zone, first, last)
        for entry in self.entries:
            lines += entry.lines(*self.every)
        return written([*lines, "END:VCALENDAR"])


def feed(entries: list[Entry], *, name: str) -> bytes:
    """What a calendar program fetches again and again."""
    about = [
        f"NAME:{text(name)}",
        f"X-WR-CALNAME:{text(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{POLL}",
        f"X-PUBLISHED-TTL:{POLL}",
    ]
    return Document(entries, about=about).written()


def spans(entries: Iterable[Entry]) -> dict[str, tuple[int, int]]:
    """Each zone used, with the years of its first and its last entry."""
    found: dict[str, tuple[int, int]] = {}
    for entry in entries:
        first, last = found.get(entry.zone, (entry.starts.year, entry.ends.year))
        found[entry.zone] = (min(first, entry.starts.year), max(last, entry.ends.year))
    return found


@lru_cache(maxsize=512)
def zone_lines(zone: str, first: int, last: int) -> tuple[str, ...]:
    """The zone's VTIMEZONE, from a year before to some years after. 12 ms to make: kept."""
    made = Timezone.from_tzid(
        zone, first_date=date(first - 1, 1, 1), last_date=date(last + YEARS_AFTER, 1, 1)
    )
    unfolded = made.to_ical().decode().replace("\r\n ", "")
    return tuple(line for line in unfolded.split("\r\n") if line)


def tag_of(facts: Iterable[object]) -> str:
    """An ETag for what a calendar is made of."""
    digest = hashlib.sha256("\n".join(str(fact) for fact in facts).encode())
    return f'"{digest.hexdigest()[:32]}"'
