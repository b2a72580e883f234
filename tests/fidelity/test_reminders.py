"""Goals, reviews and experiments that come due: who hears of them, when, and when no more."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from communities.rhythm import WEEKDAYS, Rhythm
from communities.routines import offered
from fidelity.models import Experiment, FocusGoal, Review
from portal.agencies.models import Supervision
from portal.home.day import day_of
from portal.notices.kinds import kinds
from portal.notices.models import Notice
from portal.reminders.models import Rule
from tests.communities import make_routines
from tests.communities.make_routines import told
from tests.fidelity import make

DAILY = Rhythm("weekly", tuple(WEEKDAYS))
DAY = date(2026, 12, 1)
MORNING = make_routines.at("2026-12-01 13:00")  # 8:00 in New York, on a Tuesday
A_DAY = timedelta(days=1)


@pytest.fixture
def reminds(cast):
    """Have Northside reminded of a kind, every day at 8."""

    def begin(kind, **about):
        return make_routines.routine(
            cast.northside.agency,
            kind=kind,
            rhythm=DAILY,
            time_zone="",
            local_time=time(8),
            starts_on=date(2026, 11, 20),
            **about,
        )

    return begin


def unread():
    """Of what comes by itself; what people do is told at once."""
    at_once = ["feedback.released", "goals.proposed", "goals.agreed"]
    return Notice.objects.standing().unread().exclude(kind__in=at_once)


def test_a_goal_comes_back_to_both_on_its_day_and_once(cast, reminds):
    reminds("goals.due")
    make.goal(cast, due_on=DAY, reviewer=cast.supervisor)

    assert told(MORNING - A_DAY) == set()
    assert told(MORNING) == {"Amara", "Carol"}
    assert told(MORNING + A_DAY) == set()


def test_a_goal_is_said_on_each_readers_own_calendar_and_once(cast, reminds):
    """East of Greenwich the morning of a day is still the day before in UTC."""
    cast.facilitator.time_zone = "Pacific/Auckland"
    cast.facilitator.save()
    reminds("goals.due")
    make.goal(cast, due_on=DAY)
    in_auckland = make_routines.at("2026-11-30 19:00")  # 8:00 on the first of December

    assert told(in_auckland) == {"Amara"}
    assert told(MORNING) == {"Dae"}
    assert told(in_auckland + A_DAY) == set()


@pytest.mark.parametrize("done", ["settled", "proposed_anew", "not_agreed"])
def test_a_goal_that_is_done_with_is_taken_back(cast, reminds, done):
    routine = reminds("goals.due")
    goal = make.goal(cast, due_on=DAY, agreed=done != "not_agreed")
    told(MORNING)
    assert unread().count() == (0 if done == "not_agreed" else 2)
    waiting = list(unread())

    if done == "settled":
        goal.settle("met", by=cast.coach, words="It went well", at=MORNING + timedelta(hours=1))
    elif done == "proposed_anew":
        goal.change(by=cast.coach, due_on=DAY + A_DAY, reviewer=cast.supervisor)

    assert not unread().exists()
    assert not any(kinds["goals.due"].still_holds(notice, routine) for notice in waiting)


def test_a_goal_that_is_carried_on_comes_back_on_its_next_day(cast, reminds):
    reminds("goals.due")
    goal = make.goal(cast, due_on=DAY)
    told(MORNING)
    next_on = DAY + timedelta(days=7)
    goal.settle("carried_on", by=cast.coach, words="More of it", next_on=next_on, at=MORNING)

    assert told(MORNING + timedelta(days=6)) == set()
    assert told(MORNING + timedelta(days=7)) == {"Amara", "Dae"}


def test_a_reviewer_hears_two_days_before_and_each_time_after(cast, reminds):
    reminds("reviews.due")
    reminds("reviews.overdue")
    review = make.assigned(cast)
    Review.objects.filter(pk=review.pk).update(due_on=DAY)

    heard = {day: told(MORNING + day * A_DAY) for day in range(-4, 4)}

    assert {day: who for day, who in heard.items() if who} == {
        -2: {"Dae"}, 1: {"Dae"}, 2: {"Dae"}, 3: {"Dae"},
    }  # fmt: skip
    assert set(unread().values_list("kind", flat=True)) == {"reviews.due", "reviews.overdue"}
    review.refresh_from_db()
    review.submit(by=cast.coach, entries=make.all_at(3, review.version))
    assert not unread().exists()
    assert told(MORNING + 4 * A_DAY) == set()


def test_what_is_given_to_another_reviewer_is_theirs(cast, reminds):
    reminds("reviews.overdue")
    review = make.assigned(cast)
    Review.objects.filter(pk=review.pk).update(due_on=DAY - A_DAY)
    assert told(MORNING) == {"Dae"}

    Review.objects.hand_over(
        leaver=cast.coach, successor=cast.supervisor, agency=cast.northside.agency, by=None
    )

    assert not unread().exists()
    assert told(MORNING + A_DAY) == {"Carol"}


def test_an_experiment_comes_back_to_who_leads_and_who_began_it(cast, reminds):
    reminds("experiments.due")
    trial = make.experiment(cast, by=cast.facilitator, ends_on=DAY)
    assert told(MORNING) == set()  # it never began
    trial.begin(by=cast.facilitator)

    assert told(MORNING + A_DAY) == {"Amara", "Dae"}
    trial.decide("adopt", by=cast.coach, done="It held", learned="Ask first")
    assert not unread().exists()


def test_who_left_a_team_does_not_decide_on_its_experiment(cast, reminds):
    reminds("experiments.due")
    make.experiment(cast, by=cast.facilitator, ends_on=DAY).begin(by=cast.facilitator)
    Supervision.objects.filter(supervisor=cast.coach).update(until=MORNING - A_DAY)

    assert told(MORNING) == {"Dae"}


def test_a_programmes_experiment_is_its_admins_once_who_began_it_left(cast, reminds):
    reminds("experiments.due")
    trial = make.experiment(cast, ends_on=DAY, team=(cast.northside.agency.pk, None))
    trial.begin(by=cast.coach)
    assert told(MORNING) == {"Dae"}

    Notice.objects.all().delete()
    Experiment.objects.update(started_by=cast.leaver)
    assert told(MORNING + A_DAY) == {"Edith"}


def test_nobody_hears_of_another_agencys_things(cast, reminds):
    """They work at both; what they left stays behind."""
    for kind in ("goals.due", "reviews.due", "experiments.due"):
        reminds(kind)
    make.goal(cast, due_on=DAY)
    review = make.assigned(cast)
    Review.objects.filter(pk=review.pk).update(due_on=DAY)
    FocusGoal.objects.update(agency=cast.riverbend.agency)
    Review.objects.update(agency=cast.riverbend.agency)

    assert told(MORNING) == set()


@pytest.mark.parametrize("kind", ["goals.due", "reviews.due", "reviews.overdue", "experiments.due"])
def test_many_rules_are_asked_in_one_query(cast, reminds, kind, django_assert_num_queries):
    reminds(kind)
    rules = Rule.objects.filter(kind=kind)

    with django_assert_num_queries(1):
        assert list(offered()[kind].recipients(rules, MORNING)) == []


def test_today_shows_the_goals_to_look_at(cast):
    today = timezone.localdate()
    goal = make.goal(cast, due_on=today)

    for person, title in (
        (cast.facilitator, "Your focus goal comes back"),
        (cast.coach, "Look at the goal of Amara Okafor together"),
    ):
        [row] = [row for row in day_of(person).waiting if row.url == goal.get_absolute_url()]
        assert row.title == title
    assert all(day_of(other).is_quiet for other in (cast.supervisor, cast.riverbend.coach))
    FocusGoal.objects.update(due_on=today + timedelta(days=2))
    assert day_of(cast.coach).is_quiet
