"""A trial predicts first, keeps its prediction, and ends in a decision."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from fidelity.models import AlreadyBegun, Experiment, NotUnderWay
from tests.fidelity import make

pytestmark = pytest.mark.django_db


def test_without_a_prediction_there_is_none(cast):
    with pytest.raises(ValidationError):
        make.experiment(cast, prediction="")

    planned = make.experiment(cast)
    planned.prediction = ""
    with pytest.raises(ValidationError, match="Write what you expect before anything else"):
        planned.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        planned.save()


def test_the_plan_changes_until_the_trial_begins(cast):
    trial = make.experiment(cast)
    trial.plan_anew(prediction="Two more")
    trial.begin(by=cast.coach, at=make.AT)
    trial.begin(by=cast.coach)

    with pytest.raises(AlreadyBegun):
        trial.plan_anew(prediction="What happened")
    with pytest.raises(IntegrityError), transaction.atomic():
        Experiment.objects.update(prediction="What happened")
    with pytest.raises(IntegrityError), transaction.atomic():
        Experiment.objects.update(begun_at=None)
    trial.refresh_from_db()
    assert (trial.prediction, trial.begun_at) == ("Two more", make.AT)


def test_it_ends_in_a_decision_with_what_was_learned(cast):
    trial = make.experiment(cast)
    with pytest.raises(NotUnderWay):
        trial.decide("adopt", by=cast.coach, done="Tried", learned="Much")
    trial.begin(by=cast.coach, at=make.AT)
    with pytest.raises(ValidationError, match="Say what you learned"):
        trial.decide("adopt", by=cast.coach, done="Tried", learned=" ")
    assert list(Experiment.objects.due(date(2026, 11, 30))) == [trial]

    trial.decide("adapt", by=cast.coach, done="Tried twice", learned="One question will do")

    trial.refresh_from_db()
    assert (trial.decision, trial.learned) == ("adapt", "One question will do")
    with pytest.raises(NotUnderWay):
        trial.note(done="More", learned="More")
    assert list(Experiment.objects.due(date(2026, 11, 30))) == []


def test_the_next_cycle_keeps_team_and_measure(cast):
    first = make.experiment(cast)
    other = make.shipped(make.SELF_CHECK).measures.first()
    riverbend = (cast.riverbend.agency.pk, None)

    second = make.experiment(cast, follows=first, team=riverbend, measure=other, source="self")

    assert (second.agency, second.lead, second.measure, second.source) == (
        cast.northside.agency,
        cast.coach,
        first.measure,
        "observation",
    )
    assert first.cycles() == second.cycles() == [first, second]


def test_the_team_sees_it_and_a_programme_s_everybody_there(cast):
    people = [*cast.northside.people(), cast.newcomer, *cast.riverbend.people()]

    def readers():
        return [each for each in people if Experiment.objects.visible_to(each).exists()]

    def writers():
        return [each for each in people if Experiment.objects.editable_by(each).exists()]

    trial = make.experiment(cast, by=cast.facilitator)
    assert readers() == [cast.facilitator, cast.peer_partner, cast.coach]
    assert writers() == [cast.facilitator, cast.coach]

    trial.delete()
    make.experiment(cast, by=cast.admin, team=(cast.northside.agency.pk, None))
    assert readers() == people[:6]
    assert writers() == [cast.admin]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"aim": ""}, "Write what you want to get better at"),
        ({"ends_on": date(2026, 11, 1)}, "an end that comes after the start"),
        ({"source": "rumour"}, "Choose a source from the list"),
        ({"decision": "adopt"}, "only a trial that began ends"),
    ],
)
def test_what_is_wrong_is_refused_in_words(cast, change, words):
    trial = make.experiment(cast)
    for field, value in change.items():
        setattr(trial, field, value)

    with pytest.raises(ValidationError, match=words):
        trial.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        trial.save()
