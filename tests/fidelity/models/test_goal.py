"""One goal at a time, proposed by one of two, agreed by the other, and looked at on its day."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from fidelity.models import FocusGoal, NotOpen
from portal.audit.models import Entry
from portal.notices.models import Notice
from tests.fidelity import make

pytestmark = pytest.mark.django_db
LATER = make.AT + timedelta(days=30)


def current(cast):
    return FocusGoal.objects.current(cast.facilitator, [cast.northside.agency.pk])


def test_it_takes_both(cast):
    goal = make.goal(cast, agreed=False)
    assert not current(cast).exists()
    with pytest.raises(NotOpen):
        goal.agree(by=cast.coach)

    goal.agree(by=cast.facilitator, at=make.AT)
    goal.agree(by=cast.facilitator, at=LATER)

    assert current(cast).get().agreed_at == make.AT
    assert Entry.objects.filter(kind="goal.agreed").count() == 1


def test_what_is_changed_is_a_proposal_again(cast):
    goal = make.goal(cast)
    goal.change(by=cast.facilitator, at=LATER, text="Ask, and wait", actions=["Wait"])

    assert not current(cast).exists()
    assert list(FocusGoal.objects.agreeable_by(cast.coach)) == [goal]
    assert not FocusGoal.objects.agreeable_by(cast.facilitator).exists()
    goal.agree(by=cast.coach, at=LATER)
    assert current(cast).get().text == "Ask, and wait"


def told(kind):
    """Who was told and has not read it, in order."""
    notices = Notice.objects.standing().filter(kind=kind).order_by("due_at", "pk")
    return [notice.recipient for notice in notices]


def test_the_other_hears_of_a_proposal_and_who_proposed_that_it_is_agreed(cast):
    goal = make.goal(cast, agreed=False)
    assert told("goals.proposed") == [cast.facilitator]

    goal.change(by=cast.facilitator, at=LATER, text="Ask, and wait")
    assert told("goals.proposed") == [cast.coach]

    goal.agree(by=cast.coach, at=LATER)
    goal.agree(by=cast.coach, at=LATER)
    assert told("goals.proposed") == []
    assert told("goals.agreed") == [cast.facilitator]


def test_a_proposal_that_is_taken_back_leaves_no_notice_behind(cast):
    make.goal(cast, agreed=False).take_back(by=cast.coach)

    assert told("goals.proposed") == []


def test_one_at_a_time_and_the_next_after_its_end(cast):
    goal = make.goal(cast)
    with pytest.raises(ValidationError, match="There is a goal already"):
        make.goal(cast, feedback=goal.feedback)
    with pytest.raises(IntegrityError), transaction.atomic():
        FocusGoal.objects.create(
            agency=goal.agency,
            person=goal.person,
            feedback=goal.feedback,
            text="Another",
            actions=["One"],
            due_on=goal.due_on,
            reviewer=cast.coach,
            proposed_by=cast.coach,
        )

    goal.settle("met", by=cast.coach, words="Twice in one visit", at=LATER)

    assert make.goal(cast, feedback=goal.feedback).is_agreed
    with pytest.raises(NotOpen):
        goal.settle("dropped", by=cast.coach, words="No", at=LATER)


def test_carried_on_it_comes_back_on_another_day(cast):
    goal = make.goal(cast)
    assert list(FocusGoal.objects.due(date(2026, 11, 30))) == []
    assert list(FocusGoal.objects.due(date(2026, 12, 1))) == [goal]
    with pytest.raises(ValidationError, match="Choose a day in the future"):
        goal.settle("carried_on", by=cast.facilitator, words="Nearly", at=LATER)
    goal.refresh_from_db()
    assert goal.outcomes.count() == 0

    goal.settle(
        "carried_on", by=cast.facilitator, words="Nearly", next_on=date(2027, 1, 15), at=LATER
    )

    assert list(FocusGoal.objects.due(date(2027, 1, 14))) == []
    assert goal.outcomes.get().due_before == date(2026, 12, 1)
    assert current(cast).get() == goal


def test_an_end_takes_a_word(cast):
    with pytest.raises(ValidationError):
        make.goal(cast).settle("met", by=cast.coach, words=" ", at=LATER)

    assert current(cast).exists()


def test_a_proposal_is_taken_back_and_an_agreed_one_is_not(cast):
    goal = make.goal(cast, agreed=False)
    goal.take_back(by=cast.coach)
    assert not FocusGoal.objects.exists()

    with pytest.raises(NotOpen):
        make.goal(cast, feedback=goal.feedback).take_back(by=cast.coach)


def test_what_the_other_did_meanwhile_counts(cast):
    goal = make.goal(cast, agreed=False)
    read_before, read_after = (FocusGoal.objects.get(pk=goal.pk) for _time in range(2))
    goal.agree(by=cast.facilitator, at=make.AT)
    with pytest.raises(NotOpen):
        read_before.take_back(by=cast.coach)
    assert current(cast).get() == goal

    read_after.refresh_from_db()
    goal.change(by=cast.facilitator, at=LATER, due_on=date(2027, 1, 15))
    with pytest.raises(NotOpen):
        read_after.settle("met", by=cast.coach, words="Twice in one visit", at=LATER)
    assert goal.outcomes.count() == 0


def test_who_reads_it(cast):
    goal = make.goal(cast, agreed=False)

    def readers():
        people = [*cast.northside.people(), *cast.riverbend.people()]
        return [each for each in people if FocusGoal.objects.visible_to(each).exists()]

    assert readers() == [cast.facilitator, cast.coach]
    goal.agree(by=cast.facilitator, at=make.AT)
    assert readers() == [cast.facilitator, cast.supervisor, cast.coach]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"text": ""}, "Write the goal."),
        ({"actions": []}, "one to five actions"),
        ({"agreed_at": make.AT - timedelta(1)}, "agreed after it was proposed"),
        ({"reviewer_id": None}, "Choose someone else to look at it"),
    ],
)
def test_what_is_wrong_is_refused_in_words(cast, change, words):
    goal = make.goal(cast)
    for field, value in change.items():
        setattr(goal, field, goal.person_id if field == "reviewer_id" else value)

    with pytest.raises(ValidationError, match=words):
        goal.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        goal.save()
