"""Releasing a review with words."""

import pytest

from fidelity.models import Feedback
from tests.fidelity import make

pytestmark = pytest.mark.django_db


def url(review):
    return f"/fidelity/reviews/{review.pk}/release/"


def test_a_coach_releases_a_review_to_the_person(as_coach, as_facilitator, cast):
    review = make.review(cast.coach, cast.facilitator)
    assert as_facilitator.get(review.get_absolute_url()).status_code == 404

    response = as_coach.post(url(review), {"text": "You waited for the answer."}, follow=True)

    assert "Amara Okafor can read it now." in response.content.decode()
    assert as_facilitator.get(review.get_absolute_url()).status_code == 200
    assert Feedback.objects.get().text == "You waited for the answer."


def test_words_are_needed(as_coach, cast):
    review = make.review(cast.coach, cast.facilitator)

    response = as_coach.post(url(review), {"text": " "})

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "text": ["Write what you saw and what could come next."]
    }
    assert not Feedback.objects.exists()


def test_a_review_is_released_once(as_coach, cast):
    feedback = make.feedback(cast.coach, cast.facilitator)

    response = as_coach.post(url(feedback.review), {"text": "Again."})

    assert response.status_code == 403
    assert Feedback.objects.get().text == feedback.text


def test_a_supervisor_releases_for_a_reviewer_who_left(as_supervisor, cast):
    review = make.review(cast.coach, cast.facilitator)
    cast.coach.positions.update(until=make.AT)

    as_supervisor.post(url(review), {"text": "Dae saw you wait for the answer."})

    assert Feedback.objects.get().author == cast.supervisor


def test_one_does_not_release_a_review_of_oneself(as_facilitator, cast):
    review = make.review(cast.facilitator, cast.facilitator)

    assert as_facilitator.post(url(review), {"text": "Well done, me."}).status_code == 403
