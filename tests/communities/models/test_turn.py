"""The meeting's clock as records: begun, moved on, extended, over; time to reflect is kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities.models import AgendaCut, Session, Turn, clock_of, extend, move_to
from communities.models.turn import is_open, may_mark, may_run
from tests.communities import make, make_meetings


@pytest.fixture
def session(cast) -> Session:
    return make_meetings.meeting(make.circle(cast), minutes_ago=0, reflection_minutes=20)


def after(session: Session, minutes: float):
    return session.starts_at + timedelta(minutes=minutes)


def test_beginning_keeps_the_agenda_that_was_proposed(cast, session):
    move_to(session, "lesson", by=cast.coach)

    assert session.agenda.count() == 5
    assert [turn.kind for turn in session.turns.all()] == ["lesson"]


def test_moving_to_the_same_part_twice_moves_once(cast, session):
    for _press in range(2):
        move_to(session, "lesson", by=cast.coach)
    move_to(session, "activity", by=cast.coach)

    assert [turn.kind for turn in session.turns.all()] == ["lesson", "activity"]


def test_more_minutes_are_given_once_by_two_presses(cast, session):
    move_to(session, "lesson", by=cast.coach, at=after(session, 0))
    planned = clock_of(session).now.minutes
    extend(session, 5, had=0, by=cast.coach, at=after(session, 1))
    extend(session, 5, had=0, by=cast.admin, at=after(session, 1))

    clock = clock_of(session, after(session, 2))
    assert clock.now.minutes == planned + 5
    assert clock.now.spent == timedelta(minutes=2)
    extend(session, 2, had=5, by=cast.coach, at=after(session, 3))
    assert clock_of(session).now.minutes == planned + 7


def test_leaving_the_discussion_early_asks_why_and_keeps_it(cast, session):
    move_to(session, "lesson", by=cast.coach, at=after(session, 0))
    move_to(session, "discussion", by=cast.coach, at=after(session, 20))

    with pytest.raises(ValidationError) as asked:
        move_to(session, "commitments", by=cast.coach, at=after(session, 22))
    assert list(asked.value.error_dict) == ["why"]
    assert clock_of(session).standing == "discussion"

    move_to(session, "commitments", by=cast.coach, why="Snow", at=after(session, 22))
    cut = AgendaCut.objects.get()
    assert (cut.minutes, cut.floor, cut.reason, cut.by) == (10, 20, "Snow", cast.coach)


def test_leaving_early_by_seconds_asks_nothing(cast, session):
    move_to(session, "discussion", by=cast.coach, at=after(session, 20))
    move_to(session, "commitments", by=cast.coach, at=after(session, 32.5))

    assert AgendaCut.objects.count() == 0


def test_what_was_said_once_is_not_asked_again(cast, session):
    move_to(session, "discussion", by=cast.coach, at=after(session, 20))
    move_to(session, "over", by=cast.coach, why="Snow", at=after(session, 22))
    move_to(session, "discussion", by=cast.coach, at=after(session, 22))
    move_to(session, "over", by=cast.coach, at=after(session, 24))

    assert AgendaCut.objects.count() == 1
    assert clock_of(session).is_over


def test_a_meeting_that_has_not_begun_is_not_ended(cast, session):
    move_to(session, "over", by=cast.coach)

    assert session.turns.count() == 0


def test_it_opens_an_hour_before_and_stays_a_while(session):
    assert not is_open(session, after(session, -61))
    assert is_open(session, after(session, -60))
    assert may_run(session, session.ends_at + timedelta(hours=3))
    assert not may_run(session, session.ends_at + timedelta(hours=4))
    assert may_mark(session, session.ends_at + timedelta(hours=23))
    assert not may_mark(session, session.ends_at + timedelta(hours=24))


def test_the_clock_of_a_session_that_is_not_open_stands_still(cast, session):
    with pytest.raises(ValidationError):
        move_to(session, "lesson", by=cast.coach, at=after(session, -90))
    session.cancel(by=cast.coach)
    with pytest.raises(ValidationError):
        move_to(session, "lesson", by=cast.coach)

    assert Turn.objects.count() == 0


@pytest.mark.parametrize("wrong", [{"kind": "lunch"}, {"kind": "over", "more": 5}, {"more": 61}])
def test_the_database_refuses_strange_turns(session, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        session.turns.create(**{"kind": "lesson", "at": timezone.now()} | wrong)
