"""A case round: its steps, and suggestions for the presenter alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from communities.models import CaseRound, CaseStep, Session, Step, Suggestion
from tests.communities import make, make_meetings


@pytest.fixture
def session(cast) -> Session:
    return make_meetings.meeting(make.circle(cast))


@pytest.fixture
def case(cast, session) -> CaseRound:
    return make_meetings.case_round(session, cast.facilitator)


def test_the_same_question_is_brought_once(cast, session):
    first, second = (CaseRound.bring(session, " How? ", by=cast.facilitator) for _ in range(2))

    assert first == second
    assert first.question == "How?"


def test_steps_move_on_and_back_and_a_second_press_changes_nothing(cast, case):
    assert (case.step, case.following, case.preceding) == (None, "question", None)
    for step in ("question", "said_back", "said_back", "question"):
        case.move_to(step, by=cast.coach)

    assert [each.step for each in case.steps.all()] == ["question", "said_back", "question"]
    assert CaseRound.objects.with_step().get().step == "question"
    assert [row["state"] for row in case.rows] == ["now", "", "", "", "", ""]


def test_suggestions_begin_with_the_recommendations_and_are_the_presenters(cast, case):
    case.move_to(Step.CLARIFYING, by=cast.coach)
    with pytest.raises(ValidationError):
        case.suggest("Ask her.", by=cast.coach)
    case.move_to(Step.RECOMMENDATIONS, by=cast.coach)
    for _press in range(2):
        case.suggest("Ask her.", by=cast.coach)

    assert Suggestion.objects.count() == 1
    assert Suggestion.objects.visible_to(cast.facilitator).count() == 1
    assert Suggestion.objects.visible_to(cast.coach).count() == 1
    assert Suggestion.objects.visible_to(cast.admin).count() == 0


def test_a_round_goes_on_while_its_session_is_open(cast, case, session):
    with pytest.raises(ValidationError):
        case.move_to(Step.QUESTION, by=cast.coach, at=session.starts_at - timedelta(hours=2))

    assert CaseStep.objects.count() == 0


def test_who_reaches_a_round(cast, case):
    def reached(rows) -> bool:
        return rows.filter(pk=case.pk).exists()

    rounds = CaseRound.objects
    assert reached(rounds.visible_to(cast.admin)) and reached(rounds.hosted_by(cast.admin))
    assert reached(rounds.visible_to(cast.facilitator))
    assert not reached(rounds.hosted_by(cast.facilitator))
    assert not reached(rounds.joined_by(cast.admin))
    assert not reached(rounds.visible_to(cast.peer_partner))
    assert not reached(rounds.visible_to(cast.riverbend.admin))


def test_the_database_refuses_empty_words_and_strange_steps(cast, session, case):
    for strange in (
        lambda: session.case_rounds.create(presenter=cast.coach, question=""),
        lambda: case.suggestions.create(author=cast.coach, text=""),
        lambda: case.steps.create(step="lunch"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            strange()
