"""Admins see what will go in the next seven days."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.notices.models import Heartbeat
from portal.recurrence import Recurrence, wall_time
from portal.reminders.models import Rule
from portal.reminders.owners import way_to_agency
from tests import make as house
from tests.communities import make as communities
from tests.portal.reminders import make
from tests.portal.reminders.make import NEW_YORK, Reflections


@pytest.fixture
def url(cast):
    return f"/reminders/{cast.northside.agency.pk}/coming/"


def in_hours(hours: int) -> Recurrence:
    starts = wall_time(timezone.now() + timedelta(hours=hours), NEW_YORK)
    return Recurrence("FREQ=WEEKLY", starts.replace(second=0), NEW_YORK)


def rule(owner, hours: int = 30) -> Rule:
    recurrence = in_hours(hours)
    return make.rule(owner, when="2026-10-01 12:00", recurrence=recurrence, minutes_before=0)


def settled(owner, hours: int = 30) -> Rule:
    """One that has nothing left to say of before."""
    made = rule(owner, hours)
    Rule.objects.filter(pk=made.pk).update(settled_until=timezone.now())
    return made


def test_an_admin_sees_each_time_with_its_kind_and_whose_it_is(cast, as_admin, url):
    settled(cast.northside.agency)
    session = communities.session(communities.circle(cast, "Tuesday circle"))

    shown = as_admin.get(url).content.decode()

    assert shown.count("Team reflection") == 1
    if session.starts_at < timezone.now() + timedelta(days=7):  # it is tomorrow or after
        assert "Shortly before each session" in shown and session.series.title in shown


def test_what_is_further_ahead_or_paused_or_elsewhere_is_not_there(cast, as_admin, url):
    settled(cast.northside.agency, hours=24 * 7 + 2)
    settled(house.agency())
    paused = settled(communities.circle(cast, "Resting circle"))
    paused.refresh_from_db()
    paused.pause()

    shown = as_admin.get(url).content.decode()

    assert "Team reflection" not in shown
    assert "Nothing is planned" in shown


def test_how_many_it_would_reach_is_told_where_the_kind_knows(cast, as_admin, url, monkeypatch):
    made = settled(cast.northside.agency)
    reached = Rule.objects.filter(pk=made.pk).values_list("pk", "owner_id")
    monkeypatch.setattr(Reflections, "recipients", classmethod(lambda *_: reached))

    assert "1 person, as of today" in as_admin.get(url).content.decode()


def test_a_broken_rule_does_not_break_the_page(cast, as_admin, url):
    settled(cast.northside.agency)
    broken = settled(communities.circle(cast, "Broken circle"))
    Rule.objects.filter(pk=broken.pk).update(zone="Europe/Atlantis")

    shown = as_admin.get(url)

    assert (shown.status_code, shown.content.decode().count("Team reflection")) == (200, 1)


def test_a_tick_that_stands_still_is_told(cast, as_admin, url):
    Heartbeat.beat("tick")
    assert "Reminders have stopped" not in as_admin.get(url).content.decode()

    Heartbeat.beat("tick", at=timezone.now() - timedelta(minutes=2))

    assert "Reminders have stopped" in as_admin.get(url).content.decode()


def test_the_page_costs_as_much_for_many_rules_as_for_one(
    cast, as_admin, url, django_assert_num_queries, django_assert_max_num_queries
):
    circle = communities.circle(cast)
    communities.session(circle)
    settled(circle)
    as_admin.get(url)  # content types and such are read once
    with django_assert_max_num_queries(15) as one:
        as_admin.get(url)
    for _ in range(3):
        another = communities.circle(cast)
        communities.session(another)
        settled(another)

    with django_assert_num_queries(len(one)):
        as_admin.get(url)


@pytest.mark.parametrize(
    ("label", "path"),
    [
        ("agencies.agency", "pk"),
        ("communities.community", "agency"),
        ("communities.series", "community__agency"),
        ("people.user", None),
        ("gone.model", None),
    ],
)
def test_the_way_from_an_owner_to_its_agency_is_found_in_the_models(label, path):
    assert way_to_agency(label) == path
