"""This and following: the series is cut in two, and what hangs on sessions stays attached."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.models import (
    AgendaItem,
    Attendance,
    Series,
    Session,
    continue_from,
    set_by_hand,
    stop_before,
    take_turns,
)
from portal.reminders.models import Rule
from portal.reminders.tick import tick
from tests.communities import make
from tests.communities.make_series import NOW, on, told, tuesdays

NEW_YORK = ZoneInfo("America/New_York")


def facts(sessions) -> dict[int, tuple]:
    rows = sessions.values_list("pk", "series", "original_day", "starts_at", "sequence")
    return {row[0]: row[1:] for row in rows}


def test_what_follows_is_another_series_and_what_came_before_stays(cast):
    series = tuesdays(cast)
    later = NOW + timedelta(weeks=2)
    before = facts(series.sessions)

    following = continue_from(on(series, 11, 10), by=cast.coach, at=later, local_time=time(9))

    series.refresh_from_db()
    after = facts(Session.objects)
    kept = [pk for pk, fact in before.items() if fact[1] < date(2026, 11, 10)]
    assert following.pk != series.pk
    assert following.follows == series
    assert {pk: after[pk] for pk in kept} == {pk: before[pk] for pk in kept}
    assert series.rrule == "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261104T045959Z"
    assert following.starts_on == date(2026, 11, 10)
    moved = [s.starts_at.astimezone(NEW_YORK).hour for s in following.sessions.all()]
    assert set(moved) == {9}
    assert {pk for pk in before if pk not in kept} <= {s.pk for s in following.sessions.all()}


def test_a_number_of_times_is_counted_anew(cast):
    series = tuesdays(cast, rrule="FREQ=WEEKLY;BYDAY=TU;COUNT=5")

    following = continue_from(on(series, 11, 3), by=cast.coach, at=NOW, local_time=time(9))

    series.refresh_from_db()
    assert (series.sessions.count(), following.sessions.count()) == (2, 3)
    assert following.recurrence.parts.count == 3
    assert series.recurrence.parts.count is None


def test_what_was_called_off_moved_and_prepared_comes_along(cast):
    series = tuesdays(cast)
    off, moved, prepared = (on(series, *day) for day in ((11, 10), (11, 17), (11, 24)))
    off.cancel(by=cast.coach, at=NOW)
    noon = datetime(2026, 11, 18, 12)
    set_by_hand(moved, starts=noon, minutes=30, host=cast.facilitator, by=cast.coach, at=NOW)
    AgendaItem.objects.create(session=prepared, place=1, kind="lesson", minutes=10)
    prepared.promise(person=cast.facilitator, text="Ask first", due_on=date(2026, 12, 1))

    following = continue_from(on(series, 11, 3), by=cast.coach, at=NOW, local_time=time(9))

    assert on(following, 11, 10).is_cancelled
    there = on(following, 11, 17)
    assert there.starts_at.astimezone(NEW_YORK).replace(tzinfo=None) == noon
    assert (there.minutes, there.host, there.original_time) == (30, cast.facilitator, time(9))
    assert on(following, 11, 24).agenda.count() == 1
    assert on(following, 11, 24).commitments.count() == 1
    assert on(following, 11, 24).pk == prepared.pk


def test_attendance_of_what_was_held_is_never_touched(cast):
    series = tuesdays(cast)
    held = on(series, 10, 20)
    Attendance.objects.create(session=held, person=cast.facilitator, way="host")
    fact = facts(Session.objects.filter(pk=held.pk))

    continue_from(
        on(series, 11, 3), by=cast.coach, at=NOW + timedelta(weeks=1), rrule="FREQ=WEEKLY;BYDAY=WE"
    )

    assert facts(Session.objects.filter(pk=held.pk)) == fact
    assert held.attendances.count() == 1


def test_from_the_first_session_on_is_the_whole_series(cast):
    series = tuesdays(cast)

    same = continue_from(on(series, 10, 20), by=cast.coach, at=NOW, local_time=time(9))

    assert same == series
    assert Series.objects.count() == 1
    assert {s.original_time for s in series.sessions.all()} == {time(9)}


def test_without_its_first_session_a_series_can_still_be_changed(cast):
    series = tuesdays(cast)
    on(series, 10, 20).delete()

    following = continue_from(on(series, 10, 27), by=cast.coach, at=NOW, local_time=time(9))

    assert following.starts_on == date(2026, 10, 27)
    series.change(by=cast.coach, at=NOW, title="Still here")


def test_changing_nothing_begins_nothing(cast):
    series = tuesdays(cast)

    assert continue_from(on(series, 11, 3), by=cast.coach, at=NOW, title=series.title) == series
    assert Series.objects.count() == 1


def test_the_same_change_twice_is_made_once(cast):
    session = on(tuesdays(cast), 11, 3)
    for _ in range(2):
        session = Session.objects.get(pk=session.pk)
        continue_from(session, by=cast.coach, at=NOW, local_time=time(9))

    assert Series.objects.count() == 2
    assert told(cast.facilitator, "series.changed") == 1


def test_a_change_does_not_reach_back_over_the_session_before(cast):
    series = tuesdays(cast)

    with pytest.raises(ValidationError, match="after the session before"):
        continue_from(
            on(series, 11, 3), by=cast.coach, at=NOW, starts_on=date(2026, 10, 26),
            rrule="FREQ=WEEKLY;BYDAY=MO",
        )  # fmt: skip

    series.refresh_from_db()
    assert series.rrule == "FREQ=WEEKLY;BYDAY=TU"


def test_what_has_begun_cannot_be_changed_from_there_on(cast):
    session = on(tuesdays(cast), 10, 20)

    with pytest.raises(ValidationError, match="has begun"):
        continue_from(session, by=cast.coach, at=session.starts_at, local_time=time(9))


def test_members_hear_of_it_once_and_not_session_by_session(cast):
    series = tuesdays(cast)
    for day in ((11, 10), (11, 17)):
        on(series, *day).promise(person=cast.coach, text="Ask", due_on=date(2026, 12, 1))

    continue_from(on(series, 11, 3), by=cast.coach, at=NOW, rrule="FREQ=WEEKLY;BYDAY=WE")

    assert told(cast.facilitator, "series.changed") == 1
    assert told(cast.facilitator, "session.cancelled") == 0
    assert on(Series.objects.latest("pk"), 11, 10).is_cancelled


def test_another_weekday_begins_with_its_own_first_day(cast):
    series = tuesdays(cast)

    following = continue_from(
        on(series, 11, 3), by=cast.coach, at=NOW, rrule="FREQ=WEEKLY;BYDAY=TH"
    )

    assert following.starts_on == date(2026, 11, 5)
    assert {s.original_day.weekday() for s in following.sessions.all()} == {3}


def test_called_off_from_one_on_the_session_before_is_the_last(cast):
    series = tuesdays(cast)
    on(series, 11, 10).promise(person=cast.coach, text="Ask", due_on=date(2026, 12, 1))

    stop_before(on(series, 11, 3), by=cast.coach, at=NOW, why="The grant ends.")
    called_off = on(series, 11, 10)
    series.refresh_from_db()

    assert [s.original_day.day for s in series.sessions.standing()] == [20, 27]
    assert called_off.cancellation.reason == "The grant ends."
    assert (series.reason, series.last_day) == ("The grant ends.", date(2026, 10, 27))
    assert told(cast.facilitator, "series.ended") == 1
    assert told(cast.facilitator, "session.cancelled") == 0
    assert series.plan_ahead(at=NOW + timedelta(weeks=1)) == 0


def test_why_it_ends_stays_with_the_rule_that_ends(cast):
    series = tuesdays(cast)
    stop_before(on(series, 11, 17), by=cast.coach, at=NOW, why="The grant ends.")

    later = continue_from(on(series, 10, 27), by=cast.coach, at=NOW, local_time=time(9))
    series.refresh_from_db()
    assert (series.reason, later.reason) == ("", "The grant ends.")

    longer = continue_from(on(later, 11, 3), by=cast.coach, at=NOW, rrule="FREQ=WEEKLY;BYDAY=TU")
    assert longer.reason == ""


def test_a_rule_that_ends_otherwise_drops_why_it_ended(cast):
    series = tuesdays(cast)
    stop_before(on(series, 11, 3), by=cast.coach, at=NOW, why="The grant ends.")
    series.refresh_from_db()

    series.change(by=cast.coach, at=NOW, title="Evoking, first part")
    assert Series.objects.get().reason == "The grant ends."

    series.change(by=cast.coach, at=NOW, rrule="FREQ=WEEKLY;BYDAY=TU")
    assert Series.objects.get().reason == ""


def test_hosts_go_on_in_turn_where_they_were(cast):
    series = tuesdays(cast)
    take_turns(series, [cast.coach, cast.facilitator], by=cast.coach, at=NOW)

    following = continue_from(on(series, 10, 27), by=cast.coach, at=NOW, local_time=time(9))

    hosts = [s.host for s in following.sessions.all()[:3]]
    assert hosts == [cast.facilitator, cast.coach, cast.facilitator]


def test_a_reminder_that_was_told_is_neither_lost_nor_told_again(cast):
    series = tuesdays(cast, reminds_day_before=True)
    session = on(series, 10, 27)
    day_before = session.starts_at - timedelta(days=1)
    tick(at=day_before)
    assert told(cast.facilitator, "session.reminder") == 1

    continue_from(session, by=cast.coach, at=day_before + timedelta(hours=1), title="New name")
    tick(at=day_before + timedelta(hours=2))

    assert told(cast.facilitator, "session.reminder") == 1
    assert Rule.objects.filter(next_due_at=None).count() == 0 or series.sessions.exists()


def test_reminders_come_before_the_new_time(cast):
    series = tuesdays(cast)
    following = continue_from(on(series, 10, 27), by=cast.coach, at=NOW, local_time=time(9))
    session = on(following, 10, 27)

    tick(at=session.starts_at - timedelta(minutes=61))
    before = told(cast.facilitator, "session.reminder")
    tick(at=session.starts_at - timedelta(minutes=60))

    assert told(cast.facilitator, "session.reminder") - before == 1


def test_it_costs_the_same_however_long_the_series(cast):
    circle = make.circle(cast)
    costs = []
    for count in (6, 260):
        series = make.series(
            circle,
            rrule=f"FREQ=WEEKLY;BYDAY=TU;COUNT={count}",
            starts_on=date(2026, 10, 20),
            at=NOW,
        )
        for week in range(0, min(count - 3, 120), 20):  # years, as if written long ahead
            series.plan_ahead(at=NOW + timedelta(weeks=week))
        session = on(series, 10, 27)
        with CaptureQueriesContext(connection) as captured:
            continue_from(session, by=cast.coach, at=NOW, local_time=time(9))
        costs.append(len(captured))
        assert Session.objects.filter(series__follows=series).count() == series_rows(count)

    assert costs[0] == costs[1]


def series_rows(count: int) -> int:
    return 5 if count == 6 else 125
