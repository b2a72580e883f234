"""The time to reflect is protected."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from communities.models import AgendaCut, AgendaItem, agenda_of, set_agenda
from communities.models.agenda import proposed, reflecting
from portal.audit.models import Entry
from tests.communities import make

PARTS = {"lesson": 10, "activity": 20, "discussion": 12, "commitments": 8, "debrief": 10}


@pytest.fixture
def session(cast):
    return make.session(make.circle(cast), reflection_minutes=20)


def minutes(session) -> dict[str, int]:
    return {item.kind: item.minutes for item in agenda_of(session)}


@given(length=st.integers(5, 480), share=st.integers(0, 100))
def test_what_we_propose_fills_the_session_and_keeps_the_floor(length, share):
    floor = length * share // 100
    parts = proposed(length, floor)

    assert sum(parts.values()) == length
    assert min(parts.values()) > 0
    assert reflecting(parts) >= floor


def test_a_session_without_an_agenda_has_the_one_we_propose(session):
    assert sum(minutes(session).values()) == 60
    assert AgendaItem.objects.count() == 0


def test_a_host_sets_the_agenda(cast, session):
    set_agenda(session, PARTS, by=cast.coach)
    set_agenda(session, PARTS | {"lesson": 0}, by=cast.coach)
    set_agenda(session, PARTS | {"lesson": 0}, by=cast.coach)

    assert list(minutes(session).items()) == list(PARTS.items())[1:]
    assert Entry.objects.filter(kind="agenda.set").count() == 2


def test_less_time_to_reflect_asks_why_and_is_kept(cast, session):
    short = PARTS | {"discussion": 5}

    with pytest.raises(ValidationError, match="This leaves 15 minutes to reflect") as refusal:
        set_agenda(session, short, by=cast.coach, why="  ")
    assert set(refusal.value.message_dict) == {"why"}
    assert AgendaItem.objects.count() == 0

    set_agenda(session, short, by=cast.coach, why="A visitor speaks.")
    cut = AgendaCut.objects.get()
    assert (cut.minutes, cut.floor, cut.reason, cut.by) == (15, 20, "A visitor speaks.", cast.coach)
    assert Entry.objects.filter(kind="agenda.reflection_shortened").count() == 1


def test_the_parts_fit_into_the_session(cast, session):
    with pytest.raises(ValidationError, match="The parts last 70 minutes and the session 60"):
        set_agenda(session, PARTS | {"lesson": 20}, by=cast.coach)


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": 1, "kind": "lesson", "minutes": 0},
        {"place": 1, "kind": "song", "minutes": 5},
        {"place": 1, "kind": "lesson", "minutes": 481},
    ],
)
def test_strange_parts_are_refused(session, wrong):
    item = AgendaItem(session=session, **wrong)
    with pytest.raises(ValidationError):
        item.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        item.save()


@pytest.mark.parametrize("wrong", [{"minutes": 20, "reason": "So"}, {"minutes": 10, "reason": ""}])
def test_a_cut_is_below_the_floor_and_says_why(session, wrong):
    cut = AgendaCut(session=session, floor=20, **wrong)
    with pytest.raises(ValidationError, match="Say why"):
        cut.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        cut.save()
