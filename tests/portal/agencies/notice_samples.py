"""A sample of each notice: who is told, and what about. tests/portal/notices/test_words.py."""

from django.utils import timezone

from portal.agencies.models import Supervision
from tests.portal.agencies.make import invited


def departure(cast):
    from portal.agencies.models import Departure

    made = Departure.objects.create(
        person=cast.leaver,
        agency=cast.northside.agency,
        by=cast.admin,
        at=timezone.now(),
        hand_over_to=cast.facilitator,
    )
    return cast.facilitator, made


def accepted(cast):
    invitation, _token = invited(cast.northside.agency, by=cast.admin)
    return cast.admin, invitation


SAMPLES = {
    "position.begun": lambda cast: (cast.facilitator, cast.facilitator.positions.get()),
    "supervision.begun": lambda cast: (
        cast.facilitator,
        Supervision.objects.filter(supervisee=cast.facilitator).first(),
    ),
    "invitation.accepted": accepted,
    "departure.handed_over": departure,
}
