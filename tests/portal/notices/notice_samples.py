"""A sample of each notice: who is told, and what about. test_words.py."""

from django.utils import timezone

from portal.notices.models import PausedAddress


def paused(cast):
    PausedAddress.pause(cast.facilitator, code=550, at=timezone.now())
    return cast.facilitator, cast.facilitator


SAMPLES = {"address.paused": paused}
