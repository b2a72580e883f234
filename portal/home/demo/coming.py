"""Who means to come to the demo's next sessions."""

import random
from datetime import datetime

from communities.models import Community, Rsvp, Session
from portal.agencies.models import Agency

WORDS = ("I may be ten minutes late.", "On a home visit until half past.", "")
COMING = 2  # sessions ahead that people have answered for


def load(agency: Agency, now: datetime) -> None:
    """The same every time: a chance of its own a community."""
    for community in Community.objects.filter(agency=agency):
        chance = random.Random(f"coming to {community.name}")  # noqa: S311  # the same demo
        members = list(community.members(now))
        sessions = Session.objects.standing().filter(series__community=community)
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
