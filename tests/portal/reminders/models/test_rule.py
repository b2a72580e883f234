"""A rule comes due, is changed, paused and ended."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from portal.audit.models import Entry
from portal.notices.models import Notice
from portal.recurrence import NotARecurrence
from portal.reminders.kinds import upcoming
from portal.reminders.models import Occurrence, Rule
from tests.portal.reminders import make
from tests.portal.reminders.make import at

STAFF = 6  # of Northside: five roles and a newcomer; the leaver's position is there, but over


@pytest.fixture
def agency(cast):
    cast.leaver.is_active = False
    cast.leaver.save(update_fields=["is_active"])
    return cast.northside.agency


def outcomes(rule):
    return [(o.due_at, o.outcome, o.told) for o in rule.occurrences.order_by("due_at")]


def test_the_next_time_is_computed_ahead(agency):
    rule = make.rule(agency)

    assert rule.next_due_at == at("2026-10-02 18:00")
    assert rule.starts.tzinfo is None
    assert [due.due_at for due in upcoming(rule, at("2026-10-20"), 3)] == [
        at("2026-10-23 18:00"),
        at("2026-10-30 18:00"),
        at("2026-11-06 19:00"),  # after the clocks went back
    ]


def test_wall_time_survives_the_database(agency):
    rule = make.rule(agency, recurrence=make.recurrence(starts="2026-03-08 02:30"))

    again = Rule.objects.get(pk=rule.pk)

    assert again.starts.isoformat() == "2026-03-08T02:30:00"
    assert again.recurrence == rule.recurrence


def test_two_days_before_are_days_on_the_calendar(agency):
    # The clocks go back on Sunday 1 November 2026; Monday 15:00 less two days is Saturday 15:00.
    monday = make.recurrence("FREQ=WEEKLY;COUNT=1", "2026-11-02 15:00")

    rule = make.rule(agency, recurrence=monday, minutes_before=2 * 24 * 60)

    assert rule.next_due_at == at("2026-10-31 19:00")


def test_each_person_is_told_once(agency):
    rule = make.rule(agency)

    assert rule.settle(at("2026-10-02 17:59")) == 0
    assert rule.settle(at("2026-10-02 18:00")) == STAFF
    assert rule.settle(at("2026-10-02 18:00")) == 0
    rule.refresh_from_db()

    assert rule.next_due_at == at("2026-10-09 18:00")
    assert outcomes(rule) == [(at("2026-10-02 18:00"), "told", STAFF)]
    notices = Notice.objects.values_list("due_at", "expires_at").distinct()
    assert list(notices) == [(at("2026-10-02 18:00"), at("2026-10-02 19:00"))]


def test_after_an_outage_people_hear_once_and_the_rest_is_recorded(agency):
    daily = make.recurrence("FREQ=DAILY", "2026-10-02 15:00")
    rule = make.rule(agency, recurrence=daily, minutes_before=0)

    # A reminder at the time itself is of use until the next: the last one still is.
    rule.settle(at("2026-10-05 20:00"))

    assert outcomes(rule) == [
        (at("2026-10-02 19:00"), "late", 0),
        (at("2026-10-03 19:00"), "late", 0),
        (at("2026-10-04 19:00"), "late", 0),
        (at("2026-10-05 19:00"), "told", STAFF),
    ]


def test_useful_ones_are_coalesced_into_the_last(agency, monkeypatch):
    monkeypatch.setattr(
        make.Reflections, "expires_at", classmethod(lambda cls, r, o: o.due_at + timedelta(days=2))
    )
    daily = make.recurrence("FREQ=DAILY", "2026-10-02 15:00")
    rule = make.rule(agency, recurrence=daily, minutes_before=0)

    rule.settle(at("2026-10-05 20:00"))

    assert [outcome for _, outcome, _ in outcomes(rule)] == [
        "late",
        "late",
        "coalesced",
        "told",
    ]


def test_a_reminder_that_would_come_after_the_session_began_is_missed(agency):
    rule = make.rule(agency)

    rule.settle(at("2026-10-02 19:00"))

    assert outcomes(rule) == [(at("2026-10-02 18:00"), "late", 0)]
    assert Notice.objects.count() == 0


def test_nothing_is_said_of_what_was_called_off(agency):
    rule = make.rule(agency)
    make.Reflections.called_off.add(make.recurrence().starts)

    rule.settle(at("2026-10-02 18:00"))

    assert outcomes(rule) == [(at("2026-10-02 18:00"), "nothing", 0)]


def test_a_paused_rule_says_nothing_and_resumes_with_the_next(cast, agency):
    rule = make.rule(agency)

    rule.pause(by=cast.admin, at=at("2026-10-02 12:00"))
    assert rule.paused
    assert rule.next_due_at is None
    assert rule.settle(at("2026-10-03 12:00")) == 0
    rule.resume(by=cast.admin, at=at("2026-10-03 12:00"))

    assert rule.next_due_at == at("2026-10-09 18:00")
    assert outcomes(rule) == []
    assert list(
        Entry.objects.filter(subject_type="reminders.rule").values_list("kind", "actor_id")
    ) == [
        ("rule.planned", None),
        ("rule.paused", cast.admin.pk),
        ("rule.resumed", cast.admin.pk),
    ]


def test_planning_the_same_again_changes_nothing(agency):
    rule = make.rule(agency)

    again = make.rule(agency, when="2026-10-01 13:00")

    assert (again.pk, again.version) == (rule.pk, 1)
    assert Entry.objects.filter(subject_type="reminders.rule").count() == 1


def test_a_change_takes_back_what_was_not_sent_and_tells_of_the_new_time(agency):
    rule = make.rule(agency)
    rule.settle(at("2026-10-02 18:00"))
    later = make.recurrence(starts="2026-10-02 16:30")

    changed = make.rule(agency, recurrence=later, when="2026-10-02 18:10")

    assert changed.version == 2
    assert changed.next_due_at == at("2026-10-02 19:30")
    assert Notice.objects.standing().count() == 0
    assert changed.settle(at("2026-10-02 19:30")) == STAFF


def test_a_change_first_pays_what_the_rule_owed(agency):
    """Due at 18:00, changed at 18:00:05 before any tick came: nobody loses the reminder."""
    rule = make.rule(agency)
    fortnightly = make.recurrence("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR")

    make.rule(agency, recurrence=fortnightly, when="2026-10-02 18:00:05")

    assert outcomes(rule) == [(at("2026-10-02 18:00"), "told", STAFF)]
    # The time stands in the changed rule too: the notices stand.
    assert Notice.objects.standing().count() == STAFF


def test_a_change_of_the_offset_does_not_tell_twice_of_one_time(agency):
    rule = make.rule(agency)
    rule.settle(at("2026-10-02 18:00"))
    told = Notice.objects.order_by("pk").first()
    told.read_at = at("2026-10-02 18:01")  # one person has seen it, five have not
    told.save(update_fields=["read_at"])

    make.rule(agency, minutes_before=30, when="2026-10-02 18:10")
    rule.settle(at("2026-10-02 18:30"))

    later = Notice.objects.standing().filter(due_at=at("2026-10-02 18:30"))
    assert later.count() == STAFF - 1
    assert not later.filter(recipient=told.recipient).exists()


def test_an_ended_rule_is_silent_until_it_is_planned_again(cast, agency):
    rule = make.rule(agency)
    rule.settle(at("2026-10-02 18:00"))

    Rule.end_for(agency, kind=rule.kind, by=cast.admin, at=at("2026-10-02 18:10"))
    Rule.end_for(agency, kind=rule.kind, by=cast.admin, at=at("2026-10-02 18:11"))

    rule.refresh_from_db()
    assert (rule.next_due_at, Notice.objects.standing().count()) == (None, 0)
    assert Entry.objects.filter(kind="rule.ended").count() == 1
    assert make.rule(agency, when="2026-10-05 12:00").next_due_at == at("2026-10-09 18:00")


def test_rescheduling_keeps_what_stands(agency, monkeypatch):
    rule = make.rule(agency)
    rule.settle(at("2026-10-02 18:00"))

    Rule.reschedule_for(agency, kind=rule.kind, at=at("2026-10-02 18:05"))
    rule.refresh_from_db()

    assert rule.version == 2
    assert Notice.objects.standing().count() == STAFF
    assert rule.settle(at("2026-10-02 18:06")) == 0


def test_rescheduling_takes_back_what_moved(agency, monkeypatch):
    rule = make.rule(agency)
    rule.settle(at("2026-10-02 18:00"))
    monkeypatch.setattr(make.Reflections, "occurrences", classmethod(lambda *args: []))

    Rule.reschedule_for(agency, kind=rule.kind, at=at("2026-10-02 18:05"))

    rule.refresh_from_db()
    assert (Notice.objects.standing().count(), rule.next_due_at) == (0, None)


def test_a_rule_that_is_over_has_no_next_time(agency):
    rule = make.rule(agency, recurrence=make.recurrence("FREQ=WEEKLY;COUNT=1"))
    rule.settle(at("2026-10-02 18:00"))

    rule.refresh_from_db()

    assert rule.next_due_at is None


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"paused_at": at("2026-10-01")}, "reminders_rule_rests_when_paused"),
        ({"ended_at": at("2026-10-01")}, "reminders_rule_rests_when_paused"),
        ({"offset_minutes": 100 * 24 * 60}, "reminders_rule_offset"),
    ],
)
def test_the_database_refuses(agency, fields, name):
    rule = make.rule(agency)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Rule.objects.filter(pk=rule.pk).update(**fields)


def test_the_database_refuses_a_second_rule_of_a_kind(agency):
    rule = make.rule(agency)
    rule.pk = None

    with pytest.raises(IntegrityError, match="reminders_rule_once"), transaction.atomic():
        rule.save(force_insert=True)


def test_the_database_refuses_an_occurrence_twice_and_people_told_of_nothing(agency):
    rule = make.rule(agency)
    rule.settle(at("2026-10-02 18:00"))
    occurrence = Occurrence.objects.get()

    with pytest.raises(IntegrityError, match="told_whom"), transaction.atomic():
        Occurrence.objects.update(outcome="late")
    with pytest.raises(IntegrityError, match="reminders_occurrence_outcome"), transaction.atomic():
        Occurrence.objects.update(outcome="perhaps")
    occurrence.pk = None
    with pytest.raises(IntegrityError, match="reminders_occurrence_once"), transaction.atomic():
        occurrence.save(force_insert=True)


def test_a_rule_whose_zone_is_gone_says_so_when_it_is_read(agency):
    rule = make.rule(agency)
    Rule.objects.update(zone="Europe/Atlantis")

    with pytest.raises(NotARecurrence):
        Rule.objects.get(pk=rule.pk).settle(at("2026-10-02 18:00"))


def test_a_broken_rule_can_be_mended(agency):
    rule = make.rule(agency)
    Rule.objects.update(zone="Europe/Atlantis")

    make.rule(agency, when="2026-10-02 18:30")

    rule.refresh_from_db()
    assert rule.next_due_at == at("2026-10-09 18:00")
