"""The coaching dashboard: contacts, reviews due, plans, goals; few queries, however many rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fidelity.contacts import contacts_of
from fidelity.models import Feedback, FocusGoal, Release
from portal.agencies.models import Supervision
from tests.clock import today
from tests.fidelity import make

pytestmark = pytest.mark.django_db
URL = "/fidelity/coaching/"


def told(cast, person, days, **fields):
    """Feedback on something seen, so many days ago."""
    now = timezone.now()
    review = make.review(cast.coach, person, at=now - timedelta(days=days + 1), **fields)
    return Feedback.objects.release(
        review, by=cast.coach, text="Well asked.", at=now - timedelta(days=days)
    )


def test_who_had_fewer_than_three_is_listed_by_name(as_coach, as_supervisor, cast):
    for days in (10, 60, 150):
        told(cast, cast.peer_partner, days)
    told(cast, cast.facilitator, 10)
    told(cast, cast.facilitator, 200)  # too long ago
    told(cast, cast.facilitator, 20, source="records")  # nobody watched
    make.review(cast.supervisor, cast.facilitator)  # not released

    for client in (as_coach, as_supervisor):  # whoever gave it
        dashboard = client.get(URL).context["dashboard"]
        assert [(each.name, each.n, each.new) for each in dashboard.contacts] == [
            ("Amara Okafor", 1, False)
        ]
        assert dashboard.others == 1

    Supervision.objects.filter(supervisee=cast.facilitator).update(until=timezone.now())
    assert as_coach.get(URL).context["dashboard"].contacts == []


def test_the_window_rolls(cast):
    told(cast, cast.facilitator, 10)
    at = Release.objects.get().at

    def n(days):
        return contacts_of([cast.facilitator.pk], at + timedelta(days=days))[cast.facilitator.pk]

    assert (n(-1), n(0), n(180), n(190)) == (0, 1, 1, 0)


def test_what_is_due_of_reviews_plans_and_goals(as_coach, as_supervisor, cast):
    day = today()
    plan = make.plan(
        cast,
        people=[cast.facilitator],
        reviewers=[cast.coach],
        begins_on=day - timedelta(days=40),
        ends_on=day - timedelta(days=1),
    )
    goal = make.goal(cast)
    plan.assign(plan.proposal()[:1], by=cast.coach)
    FocusGoal.objects.update(due_on=day + timedelta(days=3))

    mine = as_coach.get(URL).context["dashboard"]
    others = as_supervisor.get(URL).context["dashboard"]

    assert [(d.who, d.by, d.overdue, bool(d.url)) for d in mine.due] == [
        ("Amara Okafor", "", True, True)
    ]
    assert [(d.who, d.by, d.overdue, d.url) for d in others.due] == [
        ("Amara Okafor", "Dae Kim", True, "")
    ]
    ((shown, progress),) = mine.plans
    assert (shown, progress.planned, progress.overdue, progress.unassigned) == (plan, 2, 1, 1)
    assert mine.goals == others.goals == [goal]


def test_more_rows_are_no_more_queries(as_coach, cast):
    make.goal(cast)
    FocusGoal.objects.update(due_on=today())
    make.assigned(cast)
    as_coach.get(URL)
    with CaptureQueriesContext(connection) as few:
        as_coach.get(URL)
    assert len(few) <= 15

    for role in ("newcomer", "admin", "supervisor"):
        person = getattr(cast, role)
        Supervision.objects.create(
            supervisor=cast.coach, supervisee=person, agency=cast.northside.agency
        )
        told(cast, person, 5)
    plan = make.plan(cast, people=[cast.newcomer, cast.admin])
    plan.assign(plan.proposal(), by=cast.coach)
    with CaptureQueriesContext(connection) as many:
        as_coach.get(URL)

    assert len(many) == len(few)
