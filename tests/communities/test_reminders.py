"""A weekly series over the change of clocks: each member is told once, at the right instant."""

from datetime import date, datetime, time, timedelta

import pytest

from communities.models import Series
from portal.notices.models import Notice
from portal.notices.sending import deliver_due
from portal.reminders.tick import tick
from tests.communities import make


def utc(words: str) -> datetime:
    return datetime.fromisoformat(f"{words}+00:00")


BEFORE = utc("2026-10-18T12:00")
# Tuesdays, an hour before 15:00 in New York: in summer time, then in winter time.
SUMMER, WINTER = utc("2026-10-27T18:00"), utc("2026-11-03T19:00")


@pytest.fixture
def tuesdays(cast) -> Series:
    circle = make.circle(cast)
    return make.series(circle, starts_on=date(2026, 10, 27), local_time=time(15), at=BEFORE)


def told(kind: str = "session.reminder") -> list[tuple[str, str]]:
    notices = Notice.objects.standing().filter(kind=kind).order_by("due_at", "recipient__name")
    return [(n.recipient.name, f"{n.due_at:%m-%d %H:%M}") for n in notices]


def test_each_member_is_told_once_an_hour_before_by_the_wall_clock(tuesdays):
    tick(at=SUMMER - timedelta(seconds=1))
    assert told() == []

    for at in (SUMMER, SUMMER + timedelta(minutes=1), WINTER - timedelta(seconds=1)):
        tick(at=at)
    assert told() == [("Amara Okafor", "10-27 18:00"), ("Dae Kim", "10-27 18:00")]

    tick(at=WINTER)
    tick(at=WINTER)
    assert told()[2:] == [("Amara Okafor", "11-03 19:00"), ("Dae Kim", "11-03 19:00")]


def test_a_reminder_is_about_its_session_and_dies_when_it_starts(tuesdays):
    tick(at=SUMMER)

    notice = Notice.objects.filter(kind="session.reminder").first()
    session = tuesdays.sessions.get(original_day=date(2026, 10, 27))
    assert (notice.subject_type, notice.subject_id) == ("communities.session", session.pk)
    assert notice.expires_at == session.starts_at


def test_a_called_off_session_reminds_nobody_and_everybody_hears_of_it(cast, tuesdays):
    session = tuesdays.sessions.get(original_day=date(2026, 11, 3))
    session.cancel(by=cast.coach, at=BEFORE)

    tick(at=SUMMER)
    tick(at=WINTER)

    assert {when for _name, when in told()} == {"10-27 18:00"}
    assert [name for name, _when in told("session.cancelled")] == ["Amara Okafor", "Dae Kim"]


def test_who_left_is_not_reminded_and_who_came_is(cast, tuesdays):
    circle = tuesdays.community
    circle.memberships.get(person=cast.facilitator).end(by=cast.admin, at=BEFORE)
    circle.welcome(cast.supervisor, by=cast.admin, at=BEFORE)

    tick(at=SUMMER)

    assert [name for name, _when in told()] == ["Carol Lindqvist", "Dae Kim"]


def test_a_changed_hour_moves_the_reminder(cast, tuesdays):
    tuesdays.change(by=cast.coach, at=BEFORE, local_time=time(10))

    tick(at=SUMMER - timedelta(hours=5))

    assert {when for _name, when in told()} == {"10-27 13:00"}


def test_a_changed_hour_takes_back_what_was_not_read(cast, tuesdays):
    tick(at=SUMMER)

    tuesdays.change(by=cast.coach, at=SUMMER + timedelta(minutes=5), local_time=time(18))
    tick(at=SUMMER + timedelta(hours=3))

    assert {when for _name, when in told()} == {"10-27 21:00"}


def test_a_day_before_too_when_the_series_says_so(cast, tuesdays):
    tuesdays.change(by=cast.coach, at=BEFORE, reminds_day_before=True, remind_minutes=15)

    tick(at=utc("2026-10-26T19:00"))
    tick(at=utc("2026-10-27T18:45"))

    assert sorted({when for _name, when in told()}) == ["10-26 19:00", "10-27 18:45"]


def test_an_ended_series_reminds_of_nothing(cast, tuesdays):
    tuesdays.end(by=cast.admin, at=BEFORE)

    tick(at=SUMMER)

    assert told() == []


def test_the_mail_goes_out_once_and_names_each_readers_hour(cast, tuesdays, mailoutbox):
    cast.coach.time_zone = "America/Phoenix"
    cast.coach.save()

    for at in (SUMMER, SUMMER + timedelta(minutes=1)):
        tick(at=at)
        deliver_due(at=at)

    hours = sorted((mail.to[0], mail.subject) for mail in mailoutbox)
    title = tuesdays.title
    assert hours == [
        ("amara@example.org", f"{title}: Tue, Oct 27, 3 p.m. EDT"),
        ("dae@example.org", f"{title}: Tue, Oct 27, noon MST"),
    ]


def test_two_days_before_is_two_days_on_the_calendar(cast, tuesdays):
    tuesdays.change(by=cast.coach, at=BEFORE, reminds_two_days_before=True)

    tick(at=utc("2026-11-01T20:00"))  # Sunday 15:00 in New York, when clocks have changed

    assert told()[-1] == ("Dae Kim", "11-01 20:00")


def test_after_a_session_whoever_was_there_is_asked_what_they_will_try(cast, tuesdays):
    tuesdays.change(by=cast.coach, at=BEFORE, asks_after=True)
    session = tuesdays.sessions.get(original_day=date(2026, 10, 27))
    asked_at = session.ends_at + timedelta(minutes=30)
    session.attendances.create(person=cast.coach, came=False, way="host")

    tick(at=asked_at - timedelta(seconds=1))
    assert told("session.after") == []
    tick(at=asked_at)
    assert told("session.after") == [("Amara Okafor", f"{asked_at:%m-%d %H:%M}")]


def test_who_said_what_they_will_try_is_not_asked(cast, tuesdays):
    tuesdays.change(by=cast.coach, at=BEFORE, asks_after=True)
    session = tuesdays.sessions.get(original_day=date(2026, 10, 27))
    session.promise(person=cast.facilitator, text="Ask first", due_on=date(2030, 1, 1), shown=True)

    asked_at = session.ends_at + timedelta(minutes=30)
    tick(at=asked_at)

    assert told("session.after") == [("Dae Kim", f"{asked_at:%m-%d %H:%M}")]
