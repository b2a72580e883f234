"""One session set by hand: it keeps its identity, the others stay, and it can be put back."""

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from communities.models import Override, put_back, set_by_hand
from portal.reminders.tick import tick
from tests.communities.make_series import NOW, on, told, tuesdays

THURSDAY = datetime(2026, 11, 5, 10)  # in New York


def move(session, by, **given):
    given = {"starts": THURSDAY, "minutes": 60, "host": session.host, "at": NOW} | given
    set_by_hand(session, by=by, **given)
    session.refresh_from_db()


@pytest.fixture
def series(cast):
    return tuesdays(cast)


@pytest.fixture
def session(series):
    return on(series, 11, 3)


def test_it_moves_alone_and_keeps_its_identity(cast, series, session):
    others = list(series.sessions.exclude(pk=session.pk).values("pk", "starts_at", "sequence"))

    move(session, cast.coach, minutes=45)

    assert session.starts_at == datetime.fromisoformat("2026-11-05T10:00:00-05:00")
    assert (session.minutes, session.sequence) == (45, 1)
    assert (session.original_day, session.original_time) == (
        THURSDAY.date().replace(day=3),
        time(15),
    )
    assert others == list(
        series.sessions.exclude(pk=session.pk).values("pk", "starts_at", "sequence")
    )


def test_members_hear_once_of_two_moves_in_a_row(cast, session):
    move(session, cast.coach)
    move(session, cast.coach, starts=THURSDAY + timedelta(hours=1), at=NOW + timedelta(minutes=1))
    move(session, cast.coach, starts=THURSDAY + timedelta(hours=1), at=NOW + timedelta(minutes=2))

    assert told(cast.facilitator, "session.moved") == 1
    assert session.sequence == 2


def test_another_host_alone_is_no_move(cast, session):
    move(session, cast.coach, starts=datetime(2026, 11, 3, 15), host=cast.facilitator)

    assert (session.host, session.sequence) == (cast.facilitator, 0)
    assert told(cast.facilitator, "session.moved") == 0


def test_put_back_it_is_as_its_series_says(cast, series, session):
    move(session, cast.coach, minutes=45, host=cast.facilitator)
    put_back(session, by=cast.coach, at=NOW)
    put_back(session, by=cast.coach, at=NOW)

    session = on(series, 11, 3)
    assert session.starts_at == session.rule_gave
    assert (session.minutes, session.host) == (60, cast.coach)
    assert Override.objects.count() == 0
    assert session.sequence == 2


def test_a_change_of_the_whole_series_leaves_it(cast, series, session):
    move(session, cast.coach, host=cast.facilitator)
    starts = session.starts_at

    series.change(by=cast.coach, at=NOW, local_time=time(9), minutes=30, host=cast.facilitator)
    series.change(by=cast.coach, at=NOW, host=cast.coach)

    session.refresh_from_db()
    assert (session.starts_at, session.minutes, session.host) == (starts, 60, cast.facilitator)
    assert session.original_time == time(9)  # what the rule gives now


def test_its_reminder_comes_before_its_new_time_and_not_before_the_old(cast, series, session):
    old = session.starts_at
    move(session, cast.coach)
    tick(at=on(series, 10, 27).starts_at)
    before = told(cast.facilitator, "session.reminder")

    tick(at=old)
    assert told(cast.facilitator, "session.reminder") == before
    tick(at=session.starts_at - timedelta(hours=1))

    assert told(cast.facilitator, "session.reminder") == before + 1


def test_a_reminder_of_the_old_time_is_taken_back(cast, session):
    tick(at=session.starts_at - timedelta(hours=1))
    about = cast.facilitator.notices.filter(kind="session.reminder", subject_id=session.pk)
    assert about.get().withdrawn_at is None

    move(session, cast.coach, at=session.starts_at - timedelta(minutes=50))

    assert about.get().withdrawn_at is not None


def test_a_skipped_hour_moves_on_by_the_gap(cast, series):
    session = series.sessions.get(original_day__month=3, original_day__day=9)

    move(session, cast.coach, starts=datetime(2027, 3, 14, 2, 30))

    assert session.starts_at == datetime.fromisoformat("2027-03-14T03:30:00-04:00")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"starts": datetime(2026, 10, 1, 15)}, "still to come"),
        ({"at": datetime.fromisoformat("2026-11-03T20:00:00+00:00")}, "has begun"),
    ],
)
def test_what_cannot_be_is_refused(cast, session, given, words):
    with pytest.raises(ValidationError, match=words):
        move(session, cast.coach, **given)


def test_what_is_called_off_does_not_move(cast, session):
    session.cancel(by=cast.coach, at=NOW)

    with pytest.raises(ValidationError, match="called off"):
        move(session, cast.coach)


def test_a_moved_session_whose_old_day_is_over_stays_through_a_change(cast, series, session):
    move(session, cast.coach)
    wednesday = session.rule_gave + timedelta(days=1)

    series.change(by=cast.coach, at=wednesday, local_time=time(9))

    session.refresh_from_db()
    assert not session.is_cancelled
    assert session.starts_at == datetime.fromisoformat("2026-11-05T10:00:00-05:00")


def test_an_override_of_nothing_is_refused(cast, session):
    nothing = Override(session=session, times=False, hosts=False)
    with pytest.raises(ValidationError, match="Change the time or the host"):
        nothing.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        nothing.save()


# --- called off, and taking place after all -----------------------------------------------------


def test_it_takes_place_after_all(cast, session):
    session.cancel(by=cast.coach, at=NOW)
    session.reinstate(by=cast.coach, at=NOW)
    session.reinstate(by=cast.coach, at=NOW)

    session.refresh_from_db()
    assert not session.is_cancelled
    assert session.sequence == 2


def test_undone_before_anybody_heard_nobody_is_bothered(cast, session):
    session.cancel(by=cast.coach, at=NOW)
    session.reinstate(by=cast.coach, at=NOW + timedelta(seconds=20))

    assert told(cast.facilitator, "session.cancelled") == 0
    assert told(cast.facilitator, "session.reinstated") == 0


def test_who_has_heard_hears_that_it_takes_place(cast, session):
    session.cancel(by=cast.coach, at=NOW)
    cast.facilitator.notices.get(kind="session.cancelled").read()

    session.reinstate(by=cast.coach, at=NOW + timedelta(hours=1))

    told_of_it = [told(person, "session.reinstated") for person in (cast.facilitator, cast.coach)]
    assert told_of_it == [1, 0]


def test_a_reminder_comes_after_all(cast, series, session):
    session.cancel(by=cast.coach, at=NOW)
    tick(at=on(series, 10, 27).starts_at)
    before = told(cast.facilitator, "session.reminder")
    session.reinstate(by=cast.coach, at=session.starts_at - timedelta(days=2))

    tick(at=session.starts_at - timedelta(hours=1))

    assert told(cast.facilitator, "session.reminder") == before + 1


def test_what_is_over_stays_called_off(cast, session):
    session.cancel(by=cast.coach, at=NOW)

    with pytest.raises(ValidationError, match="is over"):
        session.reinstate(by=cast.coach, at=session.ends_at)
