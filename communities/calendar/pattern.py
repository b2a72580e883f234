"""A series as calendars read it: its rule once, and what differs from it.

The rule says which days are expected; the sessions say what is. A day that is expected and has no
session, up to the last that is written, is taken out (EXDATE); a session that differs from what
was expected stands for that instance (RECURRENCE-ID); one on a day that is not expected, or from
before the rule was what it is now, is an event of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from communities.calendar.entry import Entry, on_the_clock, uid_of_series, uid_of_session
from communities.calendar.meeting import Meeting
from portal.recurrence import NotARecurrence, Occurrence, Recurrence, instant

if TYPE_CHECKING:
    from communities.models.series import Series

LAST = time(23, 59, 59)
LONGEST = timedelta(days=40 * 365)  # what is counted ends within it, or with it


@dataclass(frozen=True)
class Pattern:
    """`whole` is the rule, None where nothing of it is left; `apart` are its differing instances;
    `alone` are events of their own."""

    whole: Entry | None = None
    apart: list[Entry] = field(default_factory=list)
    alone: list[Entry] = field(default_factory=list)

    @property
    def entries(self) -> list[Entry]:
        return [*([self.whole] if self.whole else []), *self.apart, *self.alone]


@dataclass(frozen=True)
class Namer:
    """What an entry is called and where it leads. `address` begins a page's URL, `host` ends a
    UID; `counted` is how often the series' own times have changed."""

    series: "Series"
    address: str
    host: str
    counted: int = 0

    def entry(self, meeting: Meeting, uid: str, *, of: datetime | None = None) -> Entry:
        return Entry(
            uid=uid,
            starts=meeting.starts_at,
            ends=meeting.ends_at,
            zone=self.series.time_zone,
            summary=self.summary,
            url=self.address + reverse("communities:sessions.show", args=[meeting.pk]),
            description=hosted_by(meeting.host_name),
            sequence=self.counted + meeting.sequence,
            changed_at=meeting.changed_at,
            cancelled=meeting.is_cancelled,
            of=of,
        )

    def alone(self, meeting: Meeting) -> Entry:
        return self.entry(meeting, uid_of_session(meeting.pk, self.host))

    def whole(self, starts: datetime, **facts: Any) -> Entry:
        """All of the series, from its start."""
        series = self.series
        return Entry(
            uid=uid_of_series(series.pk, self.host),
            starts=starts,
            ends=starts + timedelta(minutes=series.minutes),
            zone=series.time_zone,
            summary=self.summary,
            url=self.address + series.get_absolute_url(),
            description=hosted_by(series.host.name if series.host else None),
            sequence=self.counted,
            **facts,
        )

    @property
    def summary(self) -> str:
        return f"{self.series.title} ({self.series.community.name})"


def hosted_by(name: str | None) -> str:
    return _("Host: %(name)s") % {"name": name} if name else ""


def alone(
    series: "Series", meeting: Meeting, *, address: str, host: str, counted: int = 0
) -> Entry:
    """One session as an event of its own, whatever its series says."""
    return Namer(series, address, host, counted).alone(meeting)


def nothing_left(series: "Series", *, address: str, host: str, counted: int) -> Entry:
    """A series of which no session is left, called off: what a withdrawal names."""
    starts = instant(datetime.combine(series.starts_on, series.local_time), series.time_zone)
    name = Namer(series, address, host, counted)
    return name.whole(starts, changed_at=series.changed_at, cancelled=True)


def pattern_of(
    series: "Series",
    meetings: Sequence[Meeting],
    *,
    address: str,
    host: str,
    counted: int = 0,
    since: datetime | None = None,
) -> Pattern:
    """The series (its community, host and ending loaded) and all its meetings, by their days.

    What stands alone and ended before `since` is left out.
    """
    name = Namer(series, address, host, counted)
    expected = _expected(series, meetings)
    first = next((m for m in meetings if _begins(series, m, expected)), None)
    lone = [
        m for m in meetings if first is None or m.original_day not in expected or _before(m, first)
    ]
    events = [name.alone(m) for m in lone if since is None or m.ends_at >= since]
    if first is None:
        return Pattern(alone=events)
    there = {m.original_day: m for m in meetings}
    apart, without = [], []
    for day in sorted(day for day in expected if day >= first.original_day):
        meeting, planned = there.get(day), expected[day]
        if meeting is None:
            without.append(planned.wall)
        elif _differs(series, meeting, planned):
            uid = uid_of_series(series.pk, host)
            apart.append(name.entry(meeting, uid, of=planned.wall))
    whole = name.whole(
        expected[first.original_day].at,
        changed_at=max(series.changed_at, *(m.changed_at for m in meetings)),
        rule=_rule(series, max(day for day in there if day in expected)),
        without=tuple(without),
    )
    return Pattern(whole, apart, events)


def _expected(series: "Series", meetings: Sequence[Meeting]) -> dict[date, Occurrence]:
    """What the rule says of the days from the first written session to the last."""
    if not meetings:
        return {}
    try:
        recurrence = series.recurrence
    except NotARecurrence:  # a rule that nothing can expand any more
        return {}
    day = timedelta(days=1)
    first, last = meetings[0].original_day, meetings[-1].original_day
    walls = recurrence.between(
        datetime.combine(first - day, time(), UTC), datetime.combine(last + 2 * day, time(), UTC)
    )
    return {o.wall.date(): o for o in walls if first <= o.wall.date() <= last}


def _begins(series: "Series", meeting: Meeting, expected: dict[date, Occurrence]) -> bool:
    """Whether the rule can begin here: planned by it as it is now, at a time that every program
    reads alike. Moved or called off meanwhile, it stays the first: a start that wanders would
    make another event of it."""
    planned = expected.get(meeting.original_day)
    if planned is None or planned.shifted or planned.wall.time() != meeting.original_time:
        return False
    return _is_plain(planned.at, series)


def _before(meeting: Meeting, first: Meeting) -> bool:
    return meeting.original_day < first.original_day


def _differs(series: "Series", meeting: Meeting, planned: Occurrence) -> bool:
    """Whether it is not what every program makes of the rule by itself."""
    return (
        planned.shifted
        or meeting.is_cancelled
        or meeting.starts_at != planned.at
        or meeting.ends_at != planned.at + timedelta(minutes=series.minutes)
        or meeting.host_id != series.host_id
        or not _is_plain(planned.at, series)
    )


def _is_plain(at: datetime, series: "Series") -> bool:
    ends = at + timedelta(minutes=series.minutes)
    return on_the_clock(at, ends, series.time_zone) is not None


def _rule(series: "Series", last_written: date) -> str:
    """The RRULE with the end it has now: COUNT is counted from a start that is not the feed's,
    so a last day in UTC (RFC 5545, 3.3.10) says it instead."""
    recurrence = series.recurrence
    parts = [
        part
        for part in recurrence.rrule.upper().split(";")
        if not part.strip().startswith(("COUNT=", "UNTIL="))
    ]
    ends = _last_day(recurrence)
    if series.is_ended:
        ends = min(ends, last_written) if ends else last_written
    if ends:
        over = instant(datetime.combine(ends, LAST), series.time_zone)
        parts.append(f"UNTIL={over:%Y%m%dT%H%M%SZ}")
    return ";".join(parts)


def _last_day(recurrence: Recurrence) -> date | None:
    """The last day on which it comes; None when it goes on."""
    until = recurrence.parts.until
    if until is not None:
        local = until.astimezone(ZoneInfo(recurrence.zone)) if until.tzinfo else until
        # A rule that ends before that day's hour does not come that day.
        before = local if local.time() >= recurrence.starts.time() else local - timedelta(days=1)
        return before.date()
    if recurrence.parts.count is None:
        return None
    first = instant(recurrence.starts, recurrence.zone)
    *_before, last = recurrence.between(first, first + LONGEST)
    return last.wall.date()
