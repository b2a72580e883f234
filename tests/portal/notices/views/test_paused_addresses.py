"""Only who is paused is asked, and nobody ends another's pause."""

from django.utils import timezone

from portal.notices.models import PausedAddress


def test_a_pause_is_its_owners_to_end(cast, as_facilitator, as_coach):
    PausedAddress.pause(cast.facilitator, code=550, at=timezone.now())

    as_coach.post("/notices/address/")
    assert PausedAddress.of(cast.facilitator)
    answer = as_facilitator.post("/notices/address/")

    assert (answer.status_code, answer.url) == (302, "/notices/preferences/")
    assert PausedAddress.of(cast.facilitator) is None
