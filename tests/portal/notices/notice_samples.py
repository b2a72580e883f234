"""A sample of each notice: who is told, and what about. test_words.py."""

from datetime import timedelta

from django.utils import timezone

from portal.notices.models import Delivery, Issue, PausedAddress, Reason, State
from tests.portal.notices import make


def paused(cast):
    PausedAddress.pause(cast.facilitator, code=550, at=timezone.now())
    return cast.facilitator, cast.facilitator


def digest(cast):
    """One notice waited for it."""
    make.delivery(cast.facilitator, cast.northside.agency)
    [waited] = Delivery.claim(make.NOON)
    waited.end(State.SUPPRESSED, make.NOON, Reason.DIGEST)
    until = make.NOON + timedelta(days=1)
    return cast.facilitator, Issue.objects.create(
        person=cast.facilitator, since=make.NOON, until=until
    )


SAMPLES = {"address.paused": paused, "notices.digest": digest}
