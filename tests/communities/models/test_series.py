"""A series keeps wall time; its sessions are written ahead and keep their identity."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from communities.models import Ending, Series, Session, continue_from
from communities.planning import HORIZON
from portal.audit.models import Entry
from portal.recurrence import NotARecurrence
from tests.communities import make

# Two weeks before clocks go back in New York (1 November 2026).
BEFORE = datetime.fromisoformat("2026-10-18T12:00:00+00:00")


@pytest.fixture
def tuesdays(cast) -> Series:
    return make.series(make.circle(cast), starts_on=date(2026, 10, 20), at=BEFORE)


def test_the_wall_clock_holds_when_the_clocks_change(tuesdays):
    firsts = list(tuesdays.sessions.all()[:4])

    new_york = ZoneInfo("America/New_York")
    assert [s.starts_at.astimezone(new_york).hour for s in firsts] == [15] * 4
    assert [s.starts_at.hour for s in firsts] == [19, 19, 20, 20]  # UTC
    assert {s.ends_at - s.starts_at for s in firsts} == {timedelta(minutes=60)}


def test_sessions_are_written_a_horizon_ahead_once(tuesdays):
    assert tuesdays.sessions.count() == 26

    assert tuesdays.plan_ahead(at=BEFORE) == 0
    assert tuesdays.plan_ahead(at=BEFORE + timedelta(weeks=3)) == 3
    assert tuesdays.sessions.count() == 29
    assert tuesdays.sessions.last().starts_at <= BEFORE + timedelta(weeks=3) + HORIZON


def test_a_series_that_ends_is_planned_to_its_end(cast):
    short = make.series(
        make.circle(cast),
        rrule="FREQ=WEEKLY;BYDAY=TU;COUNT=3",
        at=BEFORE,
        starts_on=date(2026, 10, 20),
    )

    assert [s.original_day.day for s in short.sessions.all()] == [20, 27, 3]


def test_it_starts_on_its_first_day(cast):
    fridays = make.series(
        make.circle(cast), rrule="FREQ=MONTHLY;BYDAY=-1FR", at=BEFORE, starts_on=date(2026, 10, 19)
    )

    assert fridays.starts_on == date(2026, 10, 30)


def test_an_impossible_rule_says_so(cast):
    with pytest.raises(NotARecurrence):
        make.series(make.circle(cast), rrule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")


def test_a_changed_hour_keeps_days_identities_and_what_was_held(tuesdays):
    now = BEFORE + timedelta(weeks=4)
    before = {s.pk: (s.original_day, s.starts_at) for s in tuesdays.sessions.all()}

    tuesdays.change(by=None, at=now, local_time=time(9, 30))

    after = {s.pk: (s.original_day, s.starts_at) for s in tuesdays.sessions.all()}
    held = [pk for pk, (_day, starts) in before.items() if starts <= now]
    assert {pk: day for pk, (day, _at) in after.items() if pk in before} == {
        pk: day for pk, (day, _at) in before.items()
    }
    assert {pk: after[pk] for pk in held} == {pk: before[pk] for pk in held}
    zone = ZoneInfo("America/New_York")
    coming = [at.astimezone(zone) for pk, (_d, at) in after.items() if pk not in held]
    assert {(at.hour, at.minute) for at in coming} == {(9, 30)}


def test_a_moved_session_counts_up_for_calendars(tuesdays):
    tuesdays.change(by=None, at=BEFORE, minutes=90)
    tuesdays.change(by=None, at=BEFORE, minutes=90)

    assert set(tuesdays.sessions.values_list("sequence", flat=True)) == {1}
    assert Entry.objects.filter(kind="series.changed").count() == 1


def test_a_changed_day_calls_off_only_what_someone_works_on(cast, tuesdays):
    worked, free = tuesdays.sessions.all()[:2]
    worked.promise(person=cast.facilitator, text="Ask first", due_on=date(2026, 11, 3))

    tuesdays.change(by=cast.coach, at=BEFORE, rrule="FREQ=WEEKLY;BYDAY=WE")

    worked.refresh_from_db()
    assert worked.is_cancelled
    assert not Session.objects.filter(pk=free.pk).exists()
    assert {s.original_day.weekday() for s in tuesdays.sessions.standing()} == {2}


def test_a_called_off_session_stays_called_off_through_a_change(cast, tuesdays):
    first = tuesdays.sessions.all()[0]
    first.cancel(by=cast.coach, at=BEFORE)

    tuesdays.change(by=cast.coach, at=BEFORE, local_time=time(10))

    first.refresh_from_db()
    assert first.is_cancelled
    assert first.original_time == time(10)


def test_members_hear_of_another_time_and_not_of_another_title(cast, tuesdays):
    tuesdays.change(by=cast.coach, title="Reflections")
    assert cast.facilitator.notices.filter(kind="series.changed").count() == 0

    tuesdays.change(by=cast.coach, local_time=time(10))
    assert cast.facilitator.notices.filter(kind="series.changed").count() == 1


def test_changing_nothing_leaves_no_trace(cast, tuesdays):
    tuesdays.change(by=cast.coach, title=tuesdays.title, local_time=tuesdays.local_time)

    assert Entry.objects.filter(kind="series.changed").count() == 0


def test_a_new_host_hosts_what_is_to_come(cast, tuesdays):
    circle = tuesdays.community
    circle.welcome(cast.supervisor, by=None)
    now = BEFORE + timedelta(weeks=2)

    tuesdays.hand_over(cast.supervisor, by=cast.admin, at=now)
    tuesdays.hand_over(cast.supervisor, by=cast.admin, at=now)

    hosts = [s.host for s in tuesdays.sessions.all()[:4]]
    assert hosts == [cast.coach, cast.coach, cast.supervisor, cast.supervisor]
    assert Entry.objects.filter(kind="series.handed_over").count() == 1


def test_an_ended_series_keeps_what_was_held_and_plans_no_more(cast, tuesdays):
    now = BEFORE + timedelta(weeks=2)

    tuesdays.end(by=cast.admin, at=now)
    tuesdays.end(by=cast.admin, at=now)

    assert tuesdays.sessions.count() == 2
    assert tuesdays.plan_ahead(at=now) == 0
    assert Ending.objects.count() == 1
    assert cast.facilitator.notices.filter(kind="series.ended").count() == 1
    assert list(Series.objects.running()) == []


def test_closing_a_community_ends_its_series(cast, tuesdays):
    tuesdays.community.close(by=cast.admin)

    assert list(Series.objects.running()) == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"minutes": 4}, "between 5 and 480"),
        ({"minutes": 481}, "between 5 and 480"),
        ({"minutes": 30, "reflection_minutes": 31}, "fewer minutes for reflection"),
    ],
)
def test_impossible_lengths_are_refused(cast, tuesdays, fields, words):
    for name, value in fields.items():
        setattr(tuesdays, name, value)
    with pytest.raises(ValidationError, match=words):
        tuesdays.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        tuesdays.save()


def test_hosts_admins_and_its_own_host_change_a_series_and_members_do_not(cast):
    circle = make.circle(cast)
    circle.welcome(cast.supervisor, by=None)
    series = make.series(circle, host=cast.supervisor)

    allowed = {
        role: series in Series.objects.hosted_by(getattr(cast, role))
        for role in ("facilitator", "coach", "supervisor", "admin", "peer_partner")
    }

    assert allowed == {
        "facilitator": False,
        "coach": True,
        "supervisor": True,
        "admin": True,
        "peer_partner": False,
    }
    assert [s for p in cast.riverbend.people() for s in Series.objects.visible_to(p)] == []


def test_changing_costs_the_same_however_many_sessions(cast):
    circle = make.circle(cast)
    queries = []
    for count in (3, 26):
        rule = f"FREQ=WEEKLY;BYDAY=TU;COUNT={count}"
        series = make.series(circle, rrule=rule, starts_on=date(2026, 10, 20), at=BEFORE)
        with CaptureQueriesContext(connection) as captured:
            series.change(by=cast.coach, local_time=time(8), at=BEFORE)
        queries.append(len(captured))
        assert series.sessions.filter(original_time=time(8)).count() == count

    assert queries[0] == queries[1]


def test_a_series_that_was_cut_short_is_over_after_its_last_session(cast, tuesdays):
    following = continue_from(
        tuesdays.sessions.all()[2], by=cast.coach, at=BEFORE, local_time=time(9)
    )

    going_on = [
        list(Series.objects.going_on(BEFORE + timedelta(weeks=weeks)).order_by("pk"))
        for weeks in (1, 3)
    ]

    assert going_on == [[tuesdays, following], [following]]
