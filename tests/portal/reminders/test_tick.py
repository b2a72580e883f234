"""A tick settles what is due; many at once settle it once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from portal.notices.models import Heartbeat, Notice
from portal.reminders.models import Occurrence, Rule
from portal.reminders.tick import tick
from tests import make as house
from tests.portal.reminders import make
from tests.portal.reminders.make import at

FRIDAY = at("2026-10-02 18:00")


def agency_of(count: int):
    agency = house.agency()
    for _ in range(count):
        house.position(house.person(), agency)
    return agency


def test_a_tick_with_nothing_due_asks_once_and_beats(db, django_assert_num_queries):
    make.rule(agency_of(1))

    with django_assert_num_queries(4):  # begin, claim, commit, beat
        done = tick(at("2026-10-02 12:00"))

    assert (done.rules, done.told, done.failed) == (0, 0, 0)
    assert Heartbeat.age("tick") < timedelta(minutes=1)
    assert Heartbeat.age("never") is None


def test_a_tick_settles_what_is_due_and_no_more(db):
    due, later = make.rule(agency_of(2)), make.rule(agency_of(2), minutes_before=10)

    done = tick(FRIDAY)

    assert (done.rules, done.told) == (1, 2)
    assert [o.rule_id for o in Occurrence.objects.all()] == [due.pk]
    later.refresh_from_db()
    assert later.next_due_at == at("2026-10-02 18:50")


def test_more_rules_than_a_batch_are_settled_in_one_tick(db, monkeypatch):
    monkeypatch.setattr("portal.reminders.tick.BATCH", 2)
    for _ in range(5):
        make.rule(agency_of(1))

    assert tick(FRIDAY).rules == 5


def test_one_broken_rule_does_not_silence_the_others(db, caplog):
    rules = [make.rule(agency_of(1)) for _ in range(4)]
    Rule.objects.filter(pk=rules[0].pk).update(zone="Europe/Atlantis")
    Rule.objects.filter(pk=rules[2].pk).update(kind="gone.kind")

    done = tick(FRIDAY)

    assert (done.rules, done.failed) == (2, 2)
    assert [record.message for record in caplog.records] == ["reminders.rule_failed"] * 2
    broken = Rule.objects.get(pk=rules[0].pk)
    assert (broken.failures, broken.next_due_at) == (1, FRIDAY + timedelta(minutes=5))
    Rule.objects.filter(pk=broken.pk).update(zone="America/New_York")
    assert tick(FRIDAY + timedelta(minutes=6)).told == 1  # nothing was lost


def test_people_cost_no_queries_each(db, django_assert_max_num_queries):
    make.rule(agency_of(30))

    with django_assert_max_num_queries(25):
        assert tick(FRIDAY).told == 30


@pytest.mark.django_db(transaction=True)
def test_many_ticks_at_once_make_each_occurrence_once():
    for _ in range(12):
        make.rule(agency_of(3))

    def one_tick(_):
        try:
            return tick(FRIDAY).told
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(one_tick, range(4)))

    assert sum(told) == 36
    assert Occurrence.objects.count() == 12
    assert Notice.objects.count() == 36
