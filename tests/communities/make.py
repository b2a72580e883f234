"""Builders of communities: one keyword a fact, decent values for the rest."""

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from communities.models import Commitment, Community, Membership, Series, Session
from portal.agencies.models import Agency
from portal.people.models import User
from tests.cast import Cast

numbers = count(1)
SINCE = datetime.fromisoformat("2026-01-05T05:00:00+00:00")


def community(agency: Agency, name: str = "", **fields: Any) -> Community:
    fields.setdefault("time_zone", agency.time_zone)
    return Community.objects.create(
        agency=agency, name=name or f"Community {next(numbers)}", **fields
    )


def membership(person: User, community: Community, role: str = "member", **fields: Any):
    fields.setdefault("since", SINCE)
    return Membership.objects.create(person=person, community=community, role=role, **fields)


def circle(cast: Cast, name: str = "", **fields: Any) -> Community:
    """Northside's community: the facilitator is a member, the coach hosts, the rest are not in."""
    made = community(cast.northside.agency, name, **fields)
    membership(cast.facilitator, made)
    membership(cast.coach, made, "host")
    return made


def series(community: Community, **fields: Any) -> Series:
    """Tuesdays at 15:00 in the community's zone, planned from `at`."""
    fields.setdefault("title", f"Series {next(numbers)}")
    fields.setdefault("rrule", "FREQ=WEEKLY;BYDAY=TU")
    fields.setdefault("starts_on", date(2026, 1, 6))
    fields.setdefault("local_time", time(15))
    fields.setdefault("host", community.hosts().first())
    return Series.begin(community=community, by=None, **fields)


def session(community: Community, **fields: Any) -> Session:
    """The next session of a weekly series; not one of the hours that the tests run in."""
    tomorrow = timezone.now() + timedelta(days=1)
    return series(community, **fields).sessions.standing().upcoming(tomorrow)[0]


def commitment(person: User, **fields: Any) -> Commitment:
    fields.setdefault("text", f"Ask before I tell, {next(numbers)}")
    fields.setdefault("due_on", date(2030, 1, 7))
    return Commitment.make(person=person, **fields)
