"""Rules are settled together, in a few statements; what they say is what each would say alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.notices.models import Delivery, Notice
from portal.reminders.models import Occurrence, Rule
from portal.reminders.tick import tick
from tests import make as house
from tests.portal.reminders import make
from tests.portal.reminders.make import Reflections, at

FRIDAY = at("2026-10-02 18:00")


def agency_of(count: int):
    agency = house.agency()
    for _ in range(count):
        house.position(house.person(), agency)
    return agency


def said() -> tuple:
    """Everything that was written, but for ids and when."""
    notices = Notice.objects.values_list(
        "kind", "subject_type", "subject_id", "recipient", "due_at", "expires_at"
    )
    deliveries = Delivery.objects.values_list(
        "notice__recipient", "channel", "state", "reason", "attempts", "lost", "next_try_at"
    )
    made = Occurrence.objects.values_list("rule", "version", "wall", "outcome", "told", "due_at")
    rules = Rule.objects.values_list("pk", "next_due_at", "settled_until", "failures")
    return tuple(sorted(map(str, rows)) for rows in (notices, deliveries, made, rules))


@pytest.fixture
def rules(db):
    """Three with two, no and five people; one of an agency where somebody has two positions; one
    that has missed four weeks."""
    made = [make.rule(agency_of(count)) for count in (2, 0, 5)]
    twice = agency_of(1)
    house.position(twice.people()[0], twice, "supervisor")
    made.append(make.rule(twice))
    made.append(make.rule(agency_of(2), when="2026-09-01 12:00", recurrence=make.recurrence(
        starts="2026-09-04 15:00"
    )))  # fmt: skip
    return made


def test_a_batch_says_what_each_rule_would_say_alone(rules):
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before")
    for rule in rules:
        Rule.objects.get(pk=rule.pk).settle(FRIDAY)
    alone = said()
    with connection.cursor() as cursor:
        cursor.execute("ROLLBACK TO SAVEPOINT before")

    done = tick(FRIDAY)

    assert (done.rules, done.told, done.failed) == (5, 10, 0)
    assert said() == alone


def test_many_rules_cost_as_many_statements_as_one_of_them(db):
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            tick(FRIDAY)
        return len([q for q in captured if "agencies_agency" not in q["sql"][:60]])

    make.rule(agency_of(2))
    one = statements()
    for _ in range(4):
        make.rule(agency_of(3))

    # What a kind without `subjects` is asked about, each of them, is left out of the count.
    many = statements()
    assert many <= one + 4, (one, many)
    assert Notice.objects.count() == 14


def test_where_a_batch_fails_its_rules_go_one_by_one(rules, monkeypatch, caplog):
    def broken(cls, rules, at):
        return Rule.objects.extra(where=["no_such_column = 1"]).values_list("pk", "owner_id")

    monkeypatch.setattr(Reflections, "recipients", classmethod(broken))

    done = tick(FRIDAY)

    assert (done.rules, done.told, done.failed) == (5, 10, 0)
    assert [record.message for record in caplog.records] == ["reminders.batch_failed"]


def test_who_heard_from_an_earlier_version_of_the_rule_is_not_told_again(cast):
    agency = cast.northside.agency
    make.rule(agency)
    assert tick(FRIDAY).told == 7
    Notice.objects.update(read_at=FRIDAY)  # they stand
    newcomer = house.person()
    house.position(newcomer, agency)

    make.rule(agency, when="2026-10-02 18:10", minutes_before=30)

    assert tick(at("2026-10-02 18:30")).told == 1
    assert Notice.objects.latest("pk").recipient == newcomer


def test_whoever_was_told_already_is_told_once(cast):
    rule = make.rule(cast.northside.agency)
    make.TimeToReflect.tell(
        [cast.coach], about=cast.northside.agency, due_at=FRIDAY, expires_at=None
    )

    assert tick(FRIDAY).told == 6

    assert Occurrence.objects.get(rule=rule).told == 6
    assert Notice.objects.filter(recipient=cast.coach).count() == 1
    assert Delivery.objects.count() == 7


def test_of_a_kind_that_says_so_each_person_hears_from_one_rule_only(cast, monkeypatch):
    other = agency_of(2)
    house.position(cast.coach, other)
    for agency in (cast.northside.agency, other):
        make.rule(agency)
    monkeypatch.setattr(Reflections, "of_one", True)

    assert tick(FRIDAY).told == 9

    assert Notice.objects.filter(recipient=cast.coach).count() == 1
