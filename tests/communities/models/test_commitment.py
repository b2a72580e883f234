"""A commitment comes back until it was tried or let go."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from communities.models import Commitment, Outcome
from portal.audit.models import Entry
from tests.communities import make

MONDAY = datetime.fromisoformat("2026-11-23T12:00:00+00:00")
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def commitment(cast) -> Commitment:
    return Commitment.make(
        person=cast.facilitator, text="Ask what the team hopes for", due_on=FRIDAY, at=MONDAY
    )


def test_it_comes_back_on_its_day(cast, commitment):
    mine = cast.facilitator.commitments
    assert list(mine.due(date(2026, 11, 26))) == []
    assert list(mine.due(FRIDAY)) == [commitment]


def test_nobody_else_sees_it(cast, commitment):
    everyone = cast.northside.people() + cast.riverbend.people()
    assert [p for p in everyone if Commitment.objects.visible_to(p).exists()] == [cast.facilitator]


@pytest.mark.parametrize("kind", ["tried", "let_go"])
def test_tried_or_let_go_is_the_end(cast, commitment, kind):
    first = commitment.settle(kind, by=cast.facilitator, words="They smiled.")
    second = commitment.settle("not_yet", by=cast.facilitator, next_on=FRIDAY)

    assert second == first
    assert list(Commitment.objects.open()) == []
    assert Entry.objects.filter(kind="commitment.settled").count() == 1


def test_not_yet_brings_it_back(cast, commitment):
    commitment.settle("not_yet", by=cast.facilitator, next_on=date(2026, 12, 4), at=MONDAY)

    assert list(Commitment.objects.open()) == [commitment]
    assert commitment.due_on == date(2026, 12, 4)


@pytest.mark.parametrize("next_on", [None, date(2026, 11, 22)])
def test_not_yet_wants_a_day_to_come(cast, commitment, next_on):
    with pytest.raises(ValidationError, match="Choose a day to come"):
        commitment.settle("not_yet", by=cast.facilitator, next_on=next_on, at=MONDAY)


@pytest.mark.parametrize("kind", ["tried", "not_yet", "let_go"])
def test_each_of_the_three_can_be_taken_back(cast, commitment, kind):
    said = commitment.settle(kind, by=cast.facilitator, next_on=date(2026, 12, 4), at=MONDAY)

    assert commitment.take_back(said, by=cast.facilitator)

    stands = Commitment.objects.open().get()
    assert (stands.due_on, stands.outcomes.count()) == (FRIDAY, 0)
    assert Entry.objects.filter(kind="commitment.taken_back").count() == 1


def test_the_last_is_taken_back_first_and_once(cast, commitment):
    first = commitment.settle("not_yet", by=cast.facilitator, next_on=date(2026, 12, 4), at=MONDAY)
    last = commitment.settle("let_go", by=cast.facilitator, at=MONDAY)
    twin = Outcome.objects.get(pk=last.pk)

    assert not commitment.take_back(first, by=cast.facilitator)
    assert commitment.take_back(last, by=cast.facilitator)
    assert not commitment.take_back(twin, by=cast.facilitator)

    assert list(commitment.outcomes.all()) == [first]
    assert Commitment.objects.open().get().due_on == date(2026, 12, 4)


def test_it_ends_once(commitment):
    commitment.outcomes.create(kind="tried")
    twin = Outcome(commitment=commitment, kind="let_go")
    with pytest.raises(ValidationError, match="already"):
        twin.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_an_outcome_is_one_of_three(commitment):
    strange = Outcome(commitment=commitment, kind="failed")
    with pytest.raises(ValidationError, match="Choose what became of it"):
        strange.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        strange.save()


def test_it_says_something(cast):
    empty = Commitment(person=cast.facilitator, text="", due_on=FRIDAY)
    with pytest.raises(ValidationError, match="Write what you will do"):
        empty.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        empty.save()


def test_one_taken_in_a_session_shows_there(cast):
    session = make.session(make.circle(cast))

    taken = session.promise(person=cast.facilitator, text="Ask first", due_on=FRIDAY)

    assert list(session.commitments.all()) == [taken]
    assert list(taken.sessions.all()) == [session]
