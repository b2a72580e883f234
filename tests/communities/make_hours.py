"""Builders of what was attended, and of papers about it."""

from datetime import UTC, date, datetime, timedelta

from communities.models import Attendance, Certificate, Community, Session
from portal.people.models import User
from tests.communities import make

HELD = datetime(2026, 3, 3, 20, tzinfo=UTC)  # a Tuesday


def held(community: Community, *, starts_at: datetime = HELD, minutes: int = 60, **fields):
    """A session that was held."""
    series = community.series.first() or make.series(community, title="Evoking")
    return Session.objects.create(
        series=series,
        original_day=starts_at.date(),
        original_time=starts_at.time(),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        **fields,
    )


def attended(person: User, community: Community, **fields) -> Attendance:
    """The person came to a session that was held."""
    return Attendance.mark(held(community, **fields), person, by=None)


def certificate(person: User, **fields) -> Certificate:
    fields.setdefault("first", date(2026, 1, 1))
    fields.setdefault("last", date(2026, 6, 30))
    fields.setdefault("agency", None)
    fields.setdefault("attended", [])
    return Certificate.issue(person, **fields)
