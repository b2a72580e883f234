"""Sessions as an iCalendar feed (RFC 5545, 7986). No request, no clock.

One VEVENT a session, at the wall time of its zone: a rule would be expanded by each calendar
program in its own way where clocks skip an hour; an instant that we computed is the same in all.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone
from icalendar.prop import vDuration

from communities.models import Session

POLL = timedelta(hours=4)


def feed(sessions: Iterable[Session], *, name: str, address: str, host: str) -> bytes:
    """The calendar's bytes. `address` begins the URL of a page; `host` ends each stable UID."""
    calendar = Calendar()
    calendar.add("prodid", "-//Trellis//Sessions//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(POLL), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(POLL))
    sessions = list(sessions)
    for zone, (first, last) in spans(sessions).items():
        calendar.add_component(
            Timezone.from_tzid(zone, first_date=first.date(), last_date=last.date())
        )
    for session in sessions:
        calendar.add_component(event_of(session, address=address, host=host))
    return bytes(calendar.to_ical())


def spans(sessions: Iterable[Session]) -> dict[str, tuple[datetime, datetime]]:
    """Each zone used, from a year before its first session to a year after its last."""
    found: dict[str, tuple[datetime, datetime]] = {}
    year = timedelta(days=366)
    for session in sessions:
        first, last = found.get(session.series.time_zone, (session.starts_at, session.ends_at))
        found[session.series.time_zone] = (
            min(first, session.starts_at),
            max(last, session.ends_at),
        )
    return {zone: (first - year, last + year) for zone, (first, last) in found.items()}


def event_of(session: Session, *, address: str, host: str) -> Event:
    """What a calendar shows of a session: its names, its times, its page. Nothing anybody wrote."""
    starts, ends = on_the_clock(session)
    event = Event()
    event.add("uid", f"session-{session.pk}@{host}")
    event.add("dtstamp", session.changed_at.astimezone(UTC))
    event.add("last-modified", session.changed_at.astimezone(UTC))
    event.add("sequence", session.sequence)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("summary", f"{session.series.title} ({session.community.name})")
    event.add("url", address + session.get_absolute_url())
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    return event


def on_the_clock(session: Session) -> tuple[datetime, datetime]:
    """Start and end as the clocks of its zone show them; in UTC where clocks change meanwhile, or
    show that time for the second time: a local time means the first (RFC 5545, 3.3.5), and
    programs that add a length to a wall time end an hour off."""
    zone = ZoneInfo(session.series.time_zone)
    starts, ends = (at.astimezone(zone) for at in (session.starts_at, session.ends_at))
    if starts.fold or ends.fold or starts.utcoffset() != ends.utcoffset():
        return session.starts_at.astimezone(UTC), session.ends_at.astimezone(UTC)
    return starts, ends


def tag_of(facts: Iterable[object]) -> str:
    """An ETag for what a feed is made of."""
    digest = hashlib.sha256("\n".join(str(fact) for fact in facts).encode())
    return f'"{digest.hexdigest()[:32]}"'
