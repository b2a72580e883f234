"""Routines to play with: Fridays at 15:00, New York's clock."""

from datetime import UTC, date, datetime, time
from typing import Any

from communities.models import Routine
from communities.rhythm import Rhythm
from portal.reminders.tick import tick

NEW_YORK = "America/New_York"
FRIDAYS = Rhythm("weekly", ("FR",))
FORTNIGHTLY = Rhythm("fortnightly", ("FR",))


def at(text: str) -> datetime:
    """An instant, written in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


MADE = at("2026-10-01 12:00")  # a Thursday
FIRST = at("2026-10-02 19:00")  # Friday 15:00 in New York


def routine(agency: Any, *, kind: str = "reflection.time", **about: Any) -> Routine:
    about.setdefault("rhythm", FRIDAYS)
    about.setdefault("starts_on", date(2026, 10, 2))
    about.setdefault("local_time", time(15))
    about.setdefault("time_zone", NEW_YORK)
    about.setdefault("by", None)
    about.setdefault("at", MADE)
    return Routine.begin(kind=kind, agency=agency, **about)


def told(when: datetime) -> set[str]:
    """Who is told at that instant, by first name."""
    from portal.notices.models import Notice

    tick(when)
    heard = Notice.objects.standing().filter(due_at=when)
    return {notice.recipient.name.split()[0] for notice in heard.select_related("recipient")}
