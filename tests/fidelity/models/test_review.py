"""Reviews: started, kept, submitted, seen, handed over."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from fidelity.models import AlreadySubmitted, Answer, Entry, NotTheirs, Review, Source
from fidelity.scoring import State
from portal.agencies.models import Supervision
from portal.audit import models as audit
from tests import make as world
from tests.fidelity import make

pytestmark = pytest.mark.django_db


def seen_by(person):
    return set(Review.objects.visible_to(person))


def scores_of(review):
    return {score.measure.key: score.value for score in review.scores.all()}


def test_a_coach_starts_a_review_of_someone_they_coach(cast):
    review = make.draft(cast.coach, cast.facilitator, practised_on=date(2026, 11, 2))

    assert (review.agency, review.source, review.practised_on) == (
        cast.northside.agency,
        Source.OBSERVATION,
        date(2026, 11, 2),
    )
    assert audit.Entry.objects.filter(kind="review.started", subject_id=review.pk).count() == 1


def test_starting_again_opens_the_same_draft(cast):
    first = make.draft(cast.coach, cast.facilitator)

    assert make.draft(cast.coach, cast.facilitator) == first


def test_nobody_reviews_someone_outside_their_team(cast):
    for reviewer, subject in [
        (cast.coach, cast.newcomer),
        (cast.facilitator, cast.peer_partner),
        (cast.coach, cast.riverbend.facilitator),
        (cast.leaver, cast.leaver),
    ]:
        with pytest.raises(NotTheirs):
            make.draft(reviewer, subject)


def test_only_a_self_check_is_of_oneself(cast):
    with pytest.raises(NotTheirs):
        make.draft(cast.coach, cast.coach, source=Source.OBSERVATION)
    with pytest.raises(NotTheirs):
        make.draft(cast.coach, cast.facilitator, source=Source.SELF)


def test_a_draft_keeps_answers_and_changes_them(cast):
    review = make.draft(cast.coach, cast.facilitator)
    review.keep({"persistence": Entry(value=2.0, note="after the move")})
    review.keep({"persistence": Entry(State.NOT_OBSERVED), "collaboration": Entry(value=4.0)})

    kept = review.answers.values_list("item__key", "state", "value", "note")
    assert set(kept) == {
        ("persistence", "not_observed", None, ""),
        ("collaboration", "observed", 4.0, ""),
    }


def test_an_answer_outside_the_scale_is_refused(cast):
    review = make.draft(cast.coach, cast.facilitator)

    with pytest.raises(ValueError, match=r"persistence: 5\.0 is outside its scale"):
        review.keep({"persistence": Entry(value=5.0)})
    assert review.answers.count() == 0


def test_submitting_computes_the_measures(cast):
    review = make.draft(cast.coach, cast.facilitator)
    entries = make.all_at(4, review.version) | {
        "persistence": Entry(value=0.0),
        "natural-supports": Entry(State.NOT_OBSERVED),
    }
    review.submit(by=cast.coach, entries=entries, at=make.AT)

    # 8 items at 4 and one at 0; the unseen one leaves the denominator: 32 / 9 and 32 / 36.
    assert scores_of(review) == {
        "mean": pytest.approx(32 / 9),
        "percent-of-maximum": pytest.approx(800 / 9),
    }
    assert {score.counted for score in review.scores.all()} == {9}
    assert review.submitted_at == make.AT


def test_what_nobody_answered_is_missing_and_not_zero(cast):
    review = make.draft(cast.coach, cast.facilitator)
    review.submit(by=cast.coach, entries={"persistence": Entry(value=3.0)}, at=make.AT)

    assert review.answers.filter(state=Answer.States.MISSING).count() == 9
    assert set(review.scores.values_list("value", "reason")) == {(None, "item_without_value")}


def test_submitting_twice_is_refused_and_changes_nothing(cast):
    review = make.review(cast.coach, cast.facilitator, 3)
    other_tab = Review.objects.get(pk=review.pk)
    other_tab.submitted_at = None

    with pytest.raises(AlreadySubmitted):
        other_tab.submit(by=cast.coach, entries=make.all_at(0, review.version))
    with pytest.raises(AlreadySubmitted):
        other_tab.keep(make.all_at(0, review.version))
    with pytest.raises(AlreadySubmitted):
        other_tab.discard(by=cast.coach)
    assert scores_of(review)["mean"] == 3


def test_submitting_takes_few_queries(cast, django_assert_max_num_queries):
    review = make.draft(cast.coach, cast.facilitator)
    entries = make.all_at(3, review.version)
    review = Review.objects.select_related("version").get(pk=review.pk)
    review.version.with_items()

    with django_assert_max_num_queries(9):
        review.submit(by=cast.coach, entries=entries)


def test_a_draft_can_be_thrown_away(cast):
    review = make.draft(cast.coach, cast.facilitator)
    review.discard(by=cast.coach)

    assert not Review.objects.exists()
    assert audit.Entry.objects.filter(kind="review.discarded").count() == 1


def test_a_draft_is_its_reviewers_alone(cast):
    review = make.draft(cast.coach, cast.facilitator)

    assert seen_by(cast.coach) == {review}
    for person in (cast.facilitator, cast.supervisor, cast.admin, cast.riverbend.admin):
        assert seen_by(person) == set()


def test_a_submitted_review_is_seen_by_those_who_answer_for_the_person(cast):
    review = make.review(cast.coach, cast.facilitator)

    assert seen_by(cast.coach) == seen_by(cast.supervisor) == {review}
    for person in (cast.facilitator, cast.peer_partner, cast.admin, cast.riverbend.supervisor):
        assert seen_by(person) == set()


def test_the_person_sees_it_once_it_is_released(cast):
    feedback = make.feedback(cast.coach, cast.facilitator)

    assert seen_by(cast.facilitator) == {feedback.review}


def test_a_supervision_that_ended_shows_nothing_any_more(cast):
    make.review(cast.coach, cast.facilitator)
    Supervision.objects.filter(supervisor=cast.supervisor).update(until=timezone.now())

    assert seen_by(cast.supervisor) == set()


def test_a_supervision_in_another_agency_opens_nothing_here(cast):
    make.review(cast.coach, cast.facilitator)
    world.position(cast.facilitator, cast.riverbend.agency)
    world.supervision(cast.riverbend.supervisor, cast.facilitator, cast.riverbend.agency)

    assert seen_by(cast.riverbend.supervisor) == set()


def test_someone_who_left_sees_nothing_even_of_their_own(cast):
    make.feedback(cast.coach, cast.facilitator)
    cast.facilitator.positions.update(until=timezone.now() - timedelta(minutes=1))
    cast.coach.positions.update(until=timezone.now() - timedelta(minutes=1))

    assert seen_by(cast.facilitator) == seen_by(cast.coach) == set()


def test_a_self_check_is_seen_by_those_who_answer_for_the_person(cast):
    review = make.review(cast.facilitator, cast.facilitator)

    assert seen_by(cast.facilitator) == seen_by(cast.supervisor) == {review}
    assert set(Review.objects.releasable_by(cast.supervisor)) == set()


def test_codings_are_seen_by_supervisors_coaches_and_admins_of_the_agency(cast):
    coding = make.coding(cast)

    assert seen_by(cast.supervisor) == seen_by(cast.coach) == seen_by(cast.admin) == {coding}
    for person in (cast.facilitator, cast.peer_partner, cast.riverbend.admin):
        assert seen_by(person) == set()


def test_open_drafts_are_handed_over_with_their_answers(cast):
    review = make.draft(cast.coach, cast.facilitator)
    review.keep({"persistence": Entry(value=2.0)})

    handed = Review.objects.hand_over(
        leaver=cast.coach, successor=cast.supervisor, agency=cast.northside.agency, by=cast.admin
    )

    assert handed == [review]
    assert Review.objects.get().reviewer == cast.supervisor
    assert Review.objects.get().answers.count() == 1


def test_a_draft_about_the_successor_and_one_they_have_stay_behind(cast):
    world.supervision(cast.coach, cast.supervisor, cast.northside.agency)
    about_them = make.draft(cast.coach, cast.supervisor)
    have_it = make.draft(cast.coach, cast.facilitator)
    make.draft(cast.supervisor, cast.facilitator)
    submitted = make.review(cast.coach, cast.peer_partner)

    handed = Review.objects.hand_over(
        leaver=cast.coach, successor=cast.supervisor, agency=cast.northside.agency, by=cast.admin
    )

    assert handed == []
    assert set(Review.objects.filter(reviewer=cast.coach)) == {about_them, have_it, submitted}
