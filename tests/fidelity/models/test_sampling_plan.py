"""Assignments of a plan: who is kept out, what is made, what is given back, and its end."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from fidelity.models import ConsentMissing, Review, SamplingPlan
from fidelity.plans import progress_of
from portal.agencies.models import Position, Supervision
from tests.fidelity import make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 1)


def pairs(proposal):
    return [(each.person, each.reviewer) for each in proposal]


def test_assignments_are_shown_and_then_made_as_shown(cast):
    plan = make.plan(cast)
    proposal = plan.proposal(TODAY)
    assert not Review.objects.exists()

    made = plan.assign(proposal, by=cast.coach)

    assert [(r.subject_id, r.reviewer_id) for r in made] == pairs(proposal)
    assert Counter(r.reviewer for r in made) == {cast.coach: 2, cast.supervisor: 2}
    # Half of the window each.
    assert sorted({r.due_on for r in made}) == [date(2026, 12, 1), date(2026, 12, 31)]
    assert plan.proposal(TODAY) == []
    assert progress_of([plan])[plan.pk].planned == 4


def test_several_of_one_person_may_be_one_reviewers(cast):
    plan = make.plan(cast, people=[cast.facilitator], reviewers=[cast.coach], each=3)

    made = plan.assign(plan.proposal(TODAY), by=cast.coach)

    assert len(made) == 3
    # Started by hand, the first due is opened, and no draft is made beside it.
    assert make.draft(cast.coach, cast.facilitator) == made[0]
    assert Review.objects.count() == 3
    made[0].submit(by=cast.coach, at=make.AT)
    assert make.draft(cast.coach, cast.facilitator) == made[1]


@pytest.mark.parametrize(
    ("bars", "left"),
    [
        ({}, {"coach", "supervisor"}),
        ({"bars_coach": True}, {"supervisor"}),
        ({"bars_supervisor": True}, {"coach"}),
        ({"bars_coach": True, "bars_supervisor": True}, {None}),
    ],
)
def test_the_persons_own_supervisor_or_coach_is_out_where_the_plan_says_so(cast, bars, left):
    plan = make.plan(cast, each=4, **bars)

    found = {each.reviewer for each in plan.proposal(TODAY)}

    assert found == {getattr(cast, role).pk if role else None for role in left}
    assert len(plan.assign(plan.proposal(TODAY), by=cast.coach)) == (0 if left == {None} else 8)


def test_a_supervision_that_has_ended_bars_nobody(cast):
    plan = make.plan(cast, bars_coach=True, reviewers=[cast.coach])
    Supervision.objects.filter(supervisor=cast.coach).update(until=timezone.now())

    assert {each.reviewer for each in plan.proposal(TODAY)} == {cast.coach.pk}


def test_nobody_reviews_themselves(cast):
    plan = make.plan(cast, people=[cast.coach], each=1)

    assert pairs(plan.proposal(TODAY)) == [(cast.coach.pk, cast.supervisor.pk)]


def test_who_left_is_neither_reviewed_nor_reviewer(cast):
    plan = make.plan(cast, people=[cast.facilitator, cast.leaver])
    Position.objects.filter(person=cast.supervisor).update(until=timezone.now())

    assert pairs(plan.proposal(TODAY)) == [(cast.facilitator.pk, cast.coach.pk)] * 2
    assert progress_of([plan])[plan.pk].planned == 2


def test_whoever_is_involved_gives_it_back_and_the_next_gets_it(cast):
    plan = make.plan(cast, people=[cast.facilitator], each=2)
    first, second = plan.assign(plan.proposal(TODAY), by=cast.coach)
    mine = first if first.reviewer == cast.coach else second
    day = mine.due_on

    again = plan.recuse(mine, by=cast.coach)

    assert again is not None
    assert (again.reviewer, again.due_on) == (cast.supervisor, day)
    assert not plan.reviews.filter(reviewer=cast.coach).exists()
    assert plan.recuse(again, by=cast.supervisor) is None
    assert {each.reviewer for each in plan.proposal(TODAY)} == {None}


def test_a_plan_of_recordings_asks_for_consent_when_one_begins(cast):
    review = make.assigned(cast, source="recording")
    with pytest.raises(ConsentMissing):
        review.begin(practised_on=TODAY, at=make.AT)

    make.consent(cast.facilitator, cast.northside.agency)
    review.begin(practised_on=TODAY, at=make.AT)
    assert not review.is_to_begin


def test_ended_what_nobody_began_goes_and_the_rest_stays(cast):
    plan = make.plan(cast, people=[cast.facilitator], reviewers=[cast.coach], each=3)
    done, begun, _waiting = plan.assign(plan.proposal(TODAY), by=cast.coach)
    done.submit(by=cast.coach, at=make.AT)
    begun.begin(practised_on=TODAY)

    plan.end(by=cast.coach)

    assert list(plan.reviews.order_by("pk")) == [done, begun]
    assert not SamplingPlan.objects.running().exists()
    done.refresh_from_db()
    assert done.practised_on == make.AT.date()


def test_what_is_due_and_who_sees_the_plan(cast):
    review = make.assigned(cast)
    assert list(Review.objects.due_by(review.due_on - timedelta(1))) == []
    assert list(Review.objects.due_by(review.due_on)) == [review]
    assert review in Review.objects.assigned_to(cast.coach)
    review.submit(by=cast.coach, at=make.AT)
    assert review not in Review.objects.due_by(date(2027, 12, 31))

    people = [*cast.northside.people(), *cast.riverbend.people()]
    assert [each for each in people if SamplingPlan.objects.visible_to(each).exists()] == [
        cast.supervisor,
        cast.coach,
        cast.admin,
    ]
    assert [each for each in people if SamplingPlan.objects.editable_by(each).exists()] == [
        cast.coach,
        cast.admin,
    ]


def test_a_leavers_assignments_go_on_with_the_successor(cast):
    review = make.assigned(cast)
    kept_out = make.assigned(cast, bars_supervisor=True)
    make.draft(cast.supervisor, cast.facilitator)

    Review.objects.hand_over(
        leaver=cast.coach, successor=cast.supervisor, agency=cast.northside.agency, by=cast.admin
    )

    assert Review.objects.get(pk=review.pk).reviewer == cast.supervisor
    assert Review.objects.get(pk=kept_out.pk).reviewer == cast.coach


def test_a_reviewer_from_another_team_reads_that_review_and_not_the_course(cast, as_person):
    review = make.assigned(cast)
    Supervision.objects.filter(supervisor=cast.coach).update(until=timezone.now())
    client = as_person(cast.coach)
    review.begin(practised_on=TODAY, at=make.AT)
    assert client.get(review.get_absolute_url()).status_code == 200
    review.submit(by=cast.coach, at=make.AT)

    page = client.get(review.get_absolute_url())

    assert page.context["reads_course"] is False
    assert client.get(f"/fidelity/people/{cast.facilitator.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"source": "self"}, "a self-check is not assigned"),
        ({"each": 0}, "Enter 1 to 12 reviews"),
        ({"ends_on": date(2026, 11, 1)}, "an end that comes after the start"),
    ],
)
def test_what_is_wrong_is_refused_in_words(cast, change, words):
    plan = make.plan(cast)
    for field, value in change.items():
        setattr(plan, field, value)

    with pytest.raises(ValidationError, match=words):
        plan.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        plan.save()


def test_a_review_of_a_plan_has_a_day(cast):
    review = make.assigned(cast)
    review.due_on = None

    with pytest.raises(ValidationError, match="has a day to be done by"):
        review.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        review.save(update_fields=["due_on"])
