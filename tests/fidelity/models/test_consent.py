"""No recording of someone of the agency is scored without their consent."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from fidelity.models import Consent, ConsentMissing, Review
from tests.fidelity import make

pytestmark = pytest.mark.django_db


def scored(cast, **fields):
    return make.draft(cast.coach, cast.facilitator, source="recording", at=make.AT, **fields)


def test_without_consent_a_recording_is_not_scored(cast):
    with pytest.raises(ConsentMissing) as refused:
        scored(cast)

    assert refused.value.words == (
        "There is no consent of Amara Okafor on record to score a recording of their practice. "
        "Ask them first: they give it, or you put it on record, on their page."
    )
    assert not Review.objects.exists()
    make.draft(cast.coach, cast.facilitator)  # an observation takes none


def test_with_consent_it_is_until_it_ends(cast):
    day = make.AT.date()
    make.consent(cast.facilitator, cast.northside.agency, until=day)
    scored(cast).submit(by=cast.coach, at=make.AT)

    later = make.AT + timedelta(days=1)
    with pytest.raises(ConsentMissing):
        make.draft(cast.coach, cast.facilitator, source="recording", at=later)
    assert Review.objects.count() == 1


def test_one_for_another_agency_or_another_person_does_not_count(cast):
    make.consent(cast.facilitator, cast.riverbend.agency)
    make.consent(cast.peer_partner, cast.northside.agency)

    with pytest.raises(ConsentMissing):
        scored(cast)


def test_withdrawn_no_draft_is_submitted_and_what_was_stays(cast):
    consent = make.consent(cast.facilitator, cast.northside.agency)
    before = scored(cast)
    before.submit(by=cast.coach, at=make.AT)
    draft = scored(cast)

    consent.withdraw(by=cast.facilitator, at=make.AT)
    consent.withdraw(by=cast.coach, at=make.AT + timedelta(days=1))

    with pytest.raises(ConsentMissing):
        draft.submit(by=cast.coach, at=make.AT)
    assert Review.objects.exclude(submitted_at=None).get() == before
    assert (consent.withdrawn_by, consent.withdrawn_at) == (cast.facilitator, make.AT)


def test_a_calibration_of_someones_recording_takes_their_consent_too(cast):
    heard = make.recording(cast.northside.agency, practitioner=cast.facilitator)
    with pytest.raises(ConsentMissing):
        make.calibration_round(cast, recordings=[heard])

    make.consent(cast.facilitator, cast.northside.agency)
    opened = make.calibration_round(cast, recordings=[heard])
    assert opened.seats.count() == 2


def test_who_reads_it(cast):
    consent = make.consent(cast.facilitator, cast.northside.agency)

    readers = [cast.facilitator, cast.coach, cast.supervisor, cast.admin, cast.peer_partner]
    readers += cast.riverbend.people()
    assert [each for each in readers if Consent.objects.visible_to(each).exists()] == readers[:3]
    consent.withdraw(by=cast.facilitator)
    assert not Consent.objects.withdrawable_by(cast.facilitator).exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"how": "guessed"}, "Choose how the consent was given."),
        ({"until": date(2025, 12, 31)}, "an end that comes after the start"),
        ({"withdrawn_at": make.AT}, "Say who withdrew it."),
        ({"by_coach": True}, "only the person themself gives it here"),
    ],
)
def test_what_is_wrong_is_refused_in_words(cast, change, words):
    consent = make.consent(cast.facilitator, cast.northside.agency)
    if change.pop("by_coach", False):
        change = {"recorded_by": cast.coach}
    for field, value in change.items():
        setattr(consent, field, value)

    with pytest.raises(ValidationError, match=words):
        consent.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        consent.save()
