"""One VEVENT: a series' rule, one session that differs from it, or a session of its own."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from communities.calendar.lines import text, utc, wall


def uid_of_series(pk: int, host: str) -> str:
    return f"series-{pk}@{host}"


def uid_of_session(pk: int, host: str) -> str:
    return f"session-{pk}@{host}"


def is_doubled(at: datetime) -> bool:
    """Whether the clock shows this time twice that day, or it is the second of the two."""
    return bool(at.fold) or at.utcoffset() != at.replace(fold=1).utcoffset()


def on_the_clock(starts: datetime, ends: datetime, zone: str) -> tuple[datetime, datetime] | None:
    """Start and end as the clocks of the zone show them; None where clocks change meanwhile, or
    show either twice. Programs read a doubled time in their own way, and those that add a length
    to a wall time end an hour off; an instant is read in one way."""
    tz = ZoneInfo(zone)
    starts, ends = starts.astimezone(tz), ends.astimezone(tz)
    if starts.utcoffset() != ends.utcoffset() or is_doubled(starts) or is_doubled(ends):
        return None
    return starts, ends


@dataclass(frozen=True)
class Entry:
    """What a calendar shows of a meeting, or of all of a series: names, times, a page. Nothing
    that anybody wrote in it.

    `starts` and `ends` are instants; `of` and `without` are wall times of the zone: which one of
    the rule's it stands for, and which ones there are not.
    """

    uid: str
    starts: datetime
    ends: datetime
    zone: str
    summary: str
    url: str
    description: str
    sequence: int
    changed_at: datetime
    cancelled: bool = False
    rule: str = ""
    without: tuple[datetime, ...] = ()
    of: datetime | None = None

    def lines(self, *more: str) -> list[str]:
        """Its content lines, with `more` of them before the end: who is invited, say."""
        stamp = utc(self.changed_at)
        found = [
            "BEGIN:VEVENT",
            f"UID:{self.uid}",
            f"DTSTAMP:{stamp}",
            f"LAST-MODIFIED:{stamp}",
            f"SEQUENCE:{self.sequence}",
            *self.scheduling(),
            f"SUMMARY:{text(self.summary)}",
            f"URL:{self.url}",
            f"STATUS:{'CANCELLED' if self.cancelled else 'CONFIRMED'}",
        ]
        if self.description:
            found.append(f"DESCRIPTION:{text(self.description)}")
        return [*found, *more, "END:VEVENT"]

    def scheduling(self) -> list[str]:
        """When it is: what a change of must count SEQUENCE up."""
        found = []
        if self.of is not None:
            found.append(f"RECURRENCE-ID;TZID={self.zone}:{wall(self.of)}")
        shown = on_the_clock(self.starts, self.ends, self.zone)
        for name, at, local in zip(
            ("DTSTART", "DTEND"), (self.starts, self.ends), shown or (None, None), strict=True
        ):
            found.append(f"{name};TZID={self.zone}:{wall(local)}" if local else f"{name}:{utc(at)}")
        if self.rule:
            found.append(f"RRULE:{self.rule}")
        found += [f"EXDATE;TZID={self.zone}:{wall(at)}" for at in self.without]
        return found
