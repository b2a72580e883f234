"""Amending a review on its page, and reading what became of it."""

import pytest

from fidelity.models import Amendment, Review
from portal.notices.models import Notice
from tests.fidelity import make

pytestmark = pytest.mark.django_db
URL = "/fidelity/reviews/{}/amend/"


def sent(review, value="3", reason="The other meeting.", day="2026-11-02", **changes):
    keys = review.version.items.values_list("key", flat=True)
    answers = {f"item-{key}": changes.get(key, value) for key in keys}
    return answers | {"reason": reason, "practised_on": day}


def test_a_coach_amends_and_the_old_one_stays_readable(as_coach, as_facilitator, cast):
    old = make.feedback(cast.coach, cast.facilitator).review
    form = as_coach.get(URL.format(old.pk)).content.decode()
    assert "Amara Okafor was shown it, and is told" in form

    answer = as_coach.post(URL.format(old.pk), sent(old, persistence="1"))

    amendment = Amendment.objects.get()
    assert answer.url == f"/fidelity/reviews/{amendment.after.pk}/"
    for client in (as_coach, as_facilitator):
        page = client.get(answer.url).content.decode()
        assert "The other meeting." in page
        assert page.count("In small part") == 2  # as an answer, and as what changed
        before = client.get(f"/fidelity/reviews/{old.pk}/").content.decode()
        assert "This is an earlier revision." in before
        assert "The other meeting." in before
        assert "In small part" not in before
        assert "Amend the review" not in before
    words = as_facilitator.get(f"/fidelity/feedback/{amendment.after.feedback.pk}/")
    assert "Dae Kim amended this review" in words.content.decode()


@pytest.mark.parametrize(
    ("change", "form", "words"),
    [
        ({"reason": ""}, "about", "Write why you amend it."),
        ({"practised_on": "2999-01-01"}, "about", "Enter a day that is not in the future."),
        ({"item-persistence": "9"}, "form", "Choose one of the answers listed for “Persistence”."),
        ({}, "form", "Nothing is changed yet: change what should be different."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(as_coach, cast, change, form, words):
    old = make.review(cast.coach, cast.facilitator)

    answer = as_coach.post(URL.format(old.pk), sent(old) | change)

    assert answer.status_code == 422
    assert [words] in answer.context[form].errors.values()
    assert Review.objects.count() == 1


def test_the_second_of_two_tabs_is_told_so(as_coach, cast, monkeypatch):
    old = make.review(cast.coach, cast.facilitator)
    says = Review.says

    def slower(self, entries):
        make.amendment(Review.objects.get(pk=self.pk), 2)
        return says(self, entries)

    monkeypatch.setattr(Review, "says", slower)
    answer = as_coach.post(URL.format(old.pk), sent(old, "1"), follow=True)

    assert "amended already, perhaps in another tab" in answer.content.decode()
    assert Review.objects.count() == 2


def test_an_earlier_revision_a_draft_and_a_rater_s_score_are_not_amended(as_coach, cast):
    old = make.review(cast.coach, cast.facilitator)
    make.amendment(old)
    heard = make.calibration_round(cast)
    scored = Review.objects.get(seat__round=heard, reviewer=cast.coach)
    scored.submit(by=cast.coach, entries=make.all_at(2, scored.version))
    heard.close_without_missing(by=cast.coach)

    for review in (old, make.draft(cast.coach, cast.peer_partner), scored):
        answer = as_coach.post(URL.format(review.pk), sent(review, "1"))
        assert answer.status_code == 403
    assert Amendment.objects.count() == 1


def test_an_amended_review_takes_few_queries(as_coach, cast, django_assert_max_num_queries):
    old = make.review(cast.coach, cast.facilitator)
    once = make.amendment(old).after
    twice = make.amendment(once, 2).after
    for review in (old, once, twice):
        as_coach.get(f"/fidelity/reviews/{review.pk}/")
        with django_assert_max_num_queries(15):
            as_coach.get(f"/fidelity/reviews/{review.pk}/")


def test_what_the_person_was_told_of_it_is_read_once_they_opened_the_review(
    as_facilitator, as_coach, cast
):
    first = make.feedback(cast.coach, cast.facilitator).review
    amended = make.amendment(first).after
    told = Notice.objects.filter(kind="review.amended", recipient=cast.facilitator).unread()
    assert told.count() == 1

    as_coach.get(f"/fidelity/reviews/{amended.pk}/")
    assert told.count() == 1
    as_facilitator.get(f"/fidelity/reviews/{amended.pk}/")
    assert not told.exists()
