"""Amending: a new revision in the old one's place, with a reason."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from fidelity import series
from fidelity.models import (
    AlreadyAmended,
    AlreadySubmitted,
    Amendment,
    Entry,
    Feedback,
    Press,
    Reading,
    Release,
    Review,
    Source,
    Tally,
)
from fidelity.results import changes
from portal.audit import models as audit
from portal.notices.models import Notice
from tests.fidelity import make

pytestmark = pytest.mark.django_db
LATER = make.AT + timedelta(days=2)


def mean_of(review):
    return review.scores.get(measure__key="mean").value


def test_a_revision_takes_the_old_ones_place(cast):
    old = make.review(cast.coach, cast.facilitator, 3)

    new = make.amendment(old, 1, reason="The second visit, not the first.", at=LATER).after

    old.refresh_from_db()
    assert (mean_of(old), mean_of(new)) == (3, 1)
    assert (old.superseded_at, new.superseded_at) == (LATER, None)
    assert (old.first, new.first) == (old, old)
    assert (new.subject, new.reviewer, new.source, new.practised_on, new.submitted_at) == (
        cast.facilitator,
        cast.coach,
        "observation",
        date(2026, 11, 2),
        LATER,
    )
    assert audit.Entry.objects.filter(kind="review.amended", subject_id=new.pk).count() == 1


def test_every_series_counts_the_newest_revision_alone(cast):
    for value, source in ((3, Source.OBSERVATION), (4, Source.RECORDS)):
        make.review(cast.coach, cast.facilitator, value, source=source)
    make.review(cast.facilitator, cast.facilitator, 4)
    for old in list(Review.objects.all()):
        make.amendment(make.amendment(old, 2).after, 1)

    seen = {
        "course": series.course(cast.facilitator, cast.coach),
        "team": series.monthly(Review.objects.of_team(cast.coach)),
        "programme": series.monthly(Review.objects.of_programme(cast.northside.agency)),
    }
    # Sources stay apart: observation, records and self, the first two with the rubric's measures.
    for name, found in seen.items():
        told = {(each.measure.key, each.source, each.n, each.points[0].value) for each in found}
        assert told == {
            ("mean", "observation", 1, 1.0),
            ("mean", "records", 1, 1.0),
            ("percent-of-maximum", "observation", 1, 25.0),
            ("percent-of-maximum", "records", 1, 25.0),
            ("percent-of-maximum", "self", 1, 25.0),
        }, name
    assert Review.objects.visible_of_people(cast.coach).count() == 3
    assert Review.objects.releasable_by(cast.coach).count() == 2


def test_a_revision_can_be_amended_and_only_the_newest(cast):
    first = make.review(cast.coach, cast.facilitator, 3)
    second = make.amendment(first, 2).after
    third = make.amendment(second, 1).after

    for old in (first, second):
        with pytest.raises(AlreadyAmended):
            make.amendment(old, 4)
    assert set(Review.objects.newest()) == {third}
    assert [each.before for each in Amendment.objects.of_chain(third)] == [second, first]
    assert [each.before for each in Amendment.objects.of_chain(second)] == [first]
    first.refresh_from_db()
    assert Amendment.objects.of_chain(first) == []


def test_two_tabs_that_amend_the_same_make_one_revision(cast):
    old = make.review(cast.coach, cast.facilitator)
    other_tab = Review.objects.get(pk=old.pk)
    make.amendment(old, 2)

    with pytest.raises(AlreadyAmended):
        make.amendment(other_tab, 1)
    assert Review.objects.count() == 2


def test_an_answer_outside_its_scale_amends_nothing(cast):
    old = make.review(cast.coach, cast.facilitator)

    with pytest.raises(ValueError, match="outside its scale"):
        make.amendment(old, 9)
    old.refresh_from_db()
    assert old.superseded_at is None
    assert Review.objects.count() == 1


def test_the_database_keeps_one_newest_revision_a_chain(cast):
    old = make.review(cast.coach, cast.facilitator)
    make.amendment(old)

    old.refresh_from_db()
    old.superseded_at = None
    with pytest.raises(ValidationError, match="There is a newer revision of this review"):
        old.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        old.save()


@pytest.mark.parametrize("change", [{"superseded_at": LATER}, {"first": "itself"}])
def test_a_draft_is_never_a_revision(cast, change):
    draft = make.draft(cast.coach, cast.facilitator)
    for field, value in change.items():
        setattr(draft, field, draft if value == "itself" else value)

    with pytest.raises(ValidationError, match="Only a submitted review of a person is amended"):
        draft.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.save()


def test_an_amendment_has_a_reason_and_two_reviews(cast):
    old, other = (make.review(cast.coach, cast.facilitator) for _ in range(2))
    for wrong, words in (
        (Amendment(before=old, after=other, reason=""), "Write why you amend it"),
        (Amendment(before=old, after=old, reason="so"), "a review of its own"),
    ):
        with pytest.raises(ValidationError, match=words):
            wrong.validate_constraints()
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.save()
    right = Amendment(before=old, after=other, reason="so")
    right.validate_constraints()
    right.save()


def test_only_the_reviewers_own_of_people_can_be_amended(cast):
    theirs = make.review(cast.coach, cast.facilitator)
    make.draft(cast.coach, cast.peer_partner)
    make.coding(cast)
    heard = make.calibration_round(cast)
    scored = Review.objects.get(seat__round=heard, reviewer=cast.coach)
    scored.submit(by=cast.coach, entries=make.all_at(2, scored.version))
    heard.close_without_missing(by=cast.coach)

    assert set(Review.objects.amendable_by(cast.coach)) == {theirs}
    assert set(Review.objects.amendable_by(cast.supervisor)) == set()
    # A calibration is of a rater's first word: its scores can't be amended, closed or not.
    with pytest.raises(AlreadyAmended):
        make.amendment(scored)


def test_who_was_shown_it_is_told_and_goes_on_reading_both(cast):
    feedback = make.feedback(cast.coach, cast.facilitator)
    old = feedback.review

    amendment = make.amendment(old, at=LATER)

    feedback.refresh_from_db()
    assert feedback.review == amendment.after
    assert Release.objects.get().review == amendment.after
    assert set(Review.objects.visible_to(cast.facilitator)) == {old, amendment.after}
    assert set(Review.objects.visible_of_people(cast.facilitator)) == {amendment.after}
    told = Notice.objects.get(kind="review.amended")
    assert (told.recipient, told.subject_id) == (cast.facilitator, amendment.pk)


def test_who_was_not_shown_it_is_not_told_and_reads_the_new_one_alone(cast):
    old = make.review(cast.coach, cast.facilitator)
    new = make.amendment(old).after
    Feedback.objects.release(new, by=cast.coach, text="Well heard.")

    assert not Notice.objects.filter(kind="review.amended").exists()
    assert set(Review.objects.visible_to(cast.facilitator)) == {new}


def test_what_changed_is_said_item_by_item(cast):
    old = make.review(cast.coach, cast.facilitator, 3)
    entries = make.all_at(3, old.version) | {"persistence": Entry(value=1.0, note="twice")}

    amended = make.amendment(old, entries=entries, practised_on=date(2026, 11, 1))

    day, *answers = changes(old, amended.after)
    assert day.what == "Day of the practice"
    assert ("2026-11-02" in day.before, "2026-11-01" in day.after) == (True, True)
    assert [(each.what, each.before, each.after) for each in answers] == [
        ("Persistence", "3 Mostly", "1 In small part"),
        ("Evidence: Persistence", "–", "twice"),
    ]


def test_what_was_tallied_is_amended_like_any_answer_and_the_segment_stays(cast):
    old = make.tallied_draft(cast.coach, cast.facilitator)
    presses = [Press(uuid4(), "questions")]
    Tally.objects.take(old, presses, clock=Reading(600, runs=True), at=make.AT)
    old.submit(by=cast.coach, at=make.AT + timedelta(minutes=5))

    new = make.amendment(old, 4).after

    assert new.answers.get(item__key="questions").value == 4
    assert old.answers.get(item__key="questions").value == 1
    assert new.clock.elapsed() == 900


def test_an_amended_review_is_no_draft(cast):
    new = make.amendment(make.review(cast.coach, cast.facilitator)).after

    with pytest.raises(AlreadySubmitted):
        new.keep({})
