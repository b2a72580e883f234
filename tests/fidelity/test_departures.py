"""What of someone's reviews ends or is handed over when they leave."""

import pytest

from fidelity.departures import end_open_reviews, end_own_goal, hand_over_open_reviews
from fidelity.models import Experiment, FocusGoal, Review
from portal.notices.models import Notice
from tests.fidelity import make

pytestmark = pytest.mark.django_db


def test_open_reviews_go_to_the_successor(cast):
    make.draft(cast.coach, cast.facilitator)

    lines = list(
        hand_over_open_reviews(
            cast.coach, cast.supervisor, cast.northside.agency, cast.admin, make.AT
        )
    )

    assert lines == ["Open review of Amara Okafor"]
    assert Review.objects.get().reviewer == cast.supervisor


def test_what_nobody_took_over_ends_and_submitted_reviews_stay(cast):
    make.draft(cast.coach, cast.facilitator)
    make.draft(cast.coach, cast.coach)
    submitted = make.review(cast.coach, cast.peer_partner)

    lines = list(end_open_reviews(cast.coach, cast.northside.agency, cast.admin, make.AT))

    assert sorted(lines) == ["Open review of Amara Okafor", "Unfinished self-check"]
    assert list(Review.objects.all()) == [submitted]


def test_what_they_were_told_is_taken_back(cast):
    feedback = make.feedback(cast.coach, cast.facilitator)
    feedback.reply(by=cast.facilitator, text="Thanks.")

    list(end_open_reviews(cast.facilitator, cast.northside.agency, cast.admin, make.AT))

    standing = Notice.objects.standing()
    assert [notice.recipient for notice in standing] == [cast.coach]


def test_leaving_one_agency_ends_nothing_in_another(cast):
    make.draft(cast.riverbend.coach, cast.riverbend.facilitator)

    assert list(end_open_reviews(cast.riverbend.coach, cast.northside.agency, None, make.AT)) == []
    assert Review.objects.count() == 1


def test_goals_to_look_at_and_experiments_go_to_the_successor_and_ones_own_goal_ends(cast):
    make.goal(cast)
    make.experiment(cast)
    agency = cast.northside.agency

    lines = list(hand_over_open_reviews(cast.coach, cast.supervisor, agency, cast.admin, make.AT))

    assert lines == ["Focus goal of Amara Okafor", "Practice experiment: Asking before offering"]
    assert FocusGoal.objects.get().reviewer == Experiment.objects.get().lead == cast.supervisor
    assert list(end_own_goal(cast.coach, agency, cast.admin, make.AT)) == []
    assert list(end_own_goal(cast.facilitator, agency, cast.admin, make.AT)) == ["Own focus goal"]
    assert not FocusGoal.objects.open().exists()
