"""Consent is given, put on record, and withdrawn; without it no recording is scored."""

from datetime import timedelta

import pytest

from fidelity.models import Consent, Review
from tests.clock import today
from tests.fidelity import make

pytestmark = pytest.mark.django_db


def test_a_recording_waits_for_consent_and_stops_when_it_is_withdrawn(
    as_facilitator, as_coach, cast
):
    day = today()
    sheet = make.shipped(make.CODING_SHEET)
    begin = {
        "subject": cast.facilitator.pk,
        "version": sheet.pk,
        "source": "recording",
        "practised_on": day,
    }
    refused = as_coach.post("/fidelity/reviews/new/", begin)
    assert refused.status_code == 422
    assert "There is no consent of Amara Okafor on record" in refused.content.decode()
    assert not Review.objects.exists()

    url = f"/fidelity/people/{cast.facilitator.pk}/consents/"
    as_facilitator.post(url + "new/", {"until": day + timedelta(days=90)})
    consent = Consent.objects.get()
    assert (consent.how, consent.recorded_by, consent.given_on) == (
        "here",
        cast.facilitator,
        day,
    )
    form = as_coach.post("/fidelity/reviews/new/", begin, follow=True)
    assert form.status_code == 200
    draft = Review.objects.get()

    as_facilitator.post(f"/fidelity/consents/{consent.pk}/remove/")
    item = sheet.items.filter(kind="count").first()
    refused = as_coach.post(
        draft.get_absolute_url(), {f"item-{item.key}": "3", "submit": "1", "version": 0}
    )
    assert refused.status_code == 422
    assert "There is no consent of Amara Okafor on record" in refused.content.decode()
    assert Review.objects.get().submitted_at is None
    assert "Withdrawn" in as_coach.get(url).content.decode()


def test_a_coach_says_how_and_when_it_was_given(as_coach, cast):
    url = f"/fidelity/people/{cast.facilitator.pk}/consents/new/"
    tomorrow = today() + timedelta(days=1)
    wrong = as_coach.post(url, {"how": "here", "given_on": tomorrow})
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"how", "given_on"}

    as_coach.post(url, {"how": "writing", "given_on": today()})

    consent = Consent.objects.get()
    assert (consent.how, consent.recorded_by, consent.agency) == (
        "writing",
        cast.coach,
        cast.northside.agency,
    )
