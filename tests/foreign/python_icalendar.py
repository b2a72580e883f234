"""icalendar reads, recurring-ical-events (on dateutil) expands."""

from datetime import UTC, datetime

import recurring_ical_events
from icalendar import Calendar

from tests.foreign import Seen


def seen(body: bytes, first: datetime, last: datetime) -> list[Seen]:
    """What it shows between two instants, without what is called off."""
    events = recurring_ical_events.of(Calendar.from_ical(body)).between(first, last)
    return sorted(
        Seen(event.start.astimezone(UTC), event.end.astimezone(UTC), str(event["UID"]))
        for event in events
        if str(event.get("STATUS")) != "CANCELLED"
    )
