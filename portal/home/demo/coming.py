"""Who came to the demo's sessions so far, and who means to come to the next ones."""

import random
from datetime import datetime

from communities.models import Attendance, Community, Rsvp, Session
from portal.agencies.models import Agency

WORDS = ("I may be ten minutes late.", "On a home visit until half past.", "")
MORE_THAN = 0.85  # of sessions that a member comes to
COMING = 2  # sessions ahead that people have answered for


def load(agency: Agency, now: datetime) -> None:
    """The same every time: a chance of its own a community."""
    for community in Community.objects.filter(agency=agency):
        chance = random.Random(f"coming to {community.name}")  # noqa: S311  # the same demo
        members = list(community.members(now))
        sessions = Session.objects.standing().filter(series__community=community)
        Attendance.objects.bulk_create(
            (
                Attendance(session=session, person=person, way="host", by=session.host, at=now)
                for session in sessions.filter(ends_at__lte=now).order_by("pk")
                for person in members
                if chance.random() < MORE_THAN
            ),
            ignore_conflicts=True,
        )
        Rsvp.objects.bulk_create(
            (
                Rsvp(
                    session=session,
                    person=person,
                    answer=chance.choice(("yes", "yes", "yes", "maybe", "no")),
                    word=chance.choice(WORDS),
                    at=now,
                )
                for session in sessions.upcoming(now)[:COMING]
                for person in members[::2]
            ),
            ignore_conflicts=True,
        )
