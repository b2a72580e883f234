"""Invitations by mail: who gets which, in which order, once, and what a calendar makes of them."""

from datetime import time, timedelta
from email.message import Message

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from communities.inviting import invite_all
from communities.models import CalendarInvitation, CalendarMail, CalendarWish, Session
from communities.notices import CalendarMailed
from portal.notices.models import Channel, Delivery, Notice, Preference, QuietHours
from portal.notices.sending import deliver_due
from tests.communities import make
from tests.foreign import libical
from tests.mailserver import MailServer


@pytest.fixture
def circle(cast):
    return make.circle(cast, "Fridays")


@pytest.fixture
def series(cast, circle):
    """Of a community where the facilitator wants invitations and the coach does not."""
    CalendarWish.choose(cast.facilitator, wanted=True)
    return make.series(circle, title="Evoking")


def told() -> list[tuple[str, str]]:
    """What was written since the last time it was asked for: method, and which part."""
    mails = CalendarMail.objects.order_by("pk")
    found = [(mail.method, "whole" if mail.is_whole else part_of(mail)) for mail in mails]
    fresh = found[told.seen :]
    told.seen = len(found)
    return fresh


def part_of(mail: CalendarMail) -> str:
    event = events(mail)[0]
    return str(event["RECURRENCE-ID"].dt.date()) if "RECURRENCE-ID" in event else "alone"


@pytest.fixture(autouse=True)
def _nothing_seen():
    told.seen = 0


def events(mail: CalendarMail) -> list:
    return Calendar.from_ical(mail.body).walk("VEVENT")


def last() -> CalendarMail:
    return CalendarMail.objects.order_by("pk").last()


def move(session: Session, **by) -> None:
    session.starts_at += timedelta(**by)
    session.ends_at += timedelta(**by)
    session.sequence += 1
    session.changed_at = timezone.now()
    session.save()


def test_only_who_wants_them_is_invited_and_once(cast, series):
    invite_all()
    invite_all()

    assert told() == [("REQUEST", "whole")]
    [event] = events(last())
    assert [str(event["ATTENDEE"])] == ["mailto:amara@example.org"]
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"
    assert str(event["ORGANIZER"]).startswith("mailto:")
    assert str(event["UID"]) == f"series-{series.pk}@127.0.0.1"
    assert event["SEQUENCE"] == 0
    assert Notice.objects.filter(kind="calendar.mailed").count() == 1


def test_another_title_mails_nobody_another_hour_counts_up(cast, series):
    invite_all()
    told()

    series.change(by=cast.coach, title="Evoking, gently")
    invite_all()
    assert told() == []

    series.change(by=cast.coach, local_time=time(16))
    invite_all()
    assert told() == [("REQUEST", "whole")]
    assert events(last())[0]["SEQUENCE"] == 1
    assert events(last())[0]["DTSTART"].dt.hour == 16


def test_one_session_moved_called_off_and_put_back(cast, series):
    moved, called_off = series.sessions.upcoming()[1:3]
    invite_all()
    told()

    move(moved, hours=2)
    called_off.cancel(by=cast.coach)
    invite_all()
    assert told() == [
        ("REQUEST", str(moved.original_day)),
        ("CANCEL", str(called_off.original_day)),
    ]
    cancel = events(last())[0]
    assert (str(cancel["STATUS"]), cancel["SEQUENCE"]) == ("CANCELLED", 1)

    move(moved, hours=-2)
    invite_all()
    assert told() == [("REQUEST", str(moved.original_day))]
    back = events(last())[0]
    assert back["DTSTART"].dt == moved.starts_at
    assert back["SEQUENCE"] >= 2
    invite_all()
    assert told() == []


def test_a_day_that_goes_is_called_off(cast, series):
    invite_all()
    told()
    gone = series.sessions.upcoming()[3]
    gone.delete()

    invite_all()

    assert told() == [("CANCEL", str(gone.original_day))]


def test_many_changes_at_once_are_one_mail(cast, series):
    invite_all()
    told()
    for session in series.sessions.upcoming()[2:7]:
        move(session, hours=1)

    invite_all()

    assert told() == [("REQUEST", "whole")]
    assert len(events(last())) == 6


def test_a_newcomer_is_invited_without_what_is_called_off(cast, circle, series):
    off = series.sessions.upcoming()[2]
    off.cancel(by=cast.coach)
    invite_all()

    [event] = events(last())
    assert off.starts_at in [each.dt for each in event["EXDATE"].dts]
    assert {str(each["STATUS"]) for each in events(last())} == {"CONFIRMED"}


@pytest.mark.parametrize("why", ["left", "ended", "wants no more", "wants no such mail"])
def test_what_is_no_longer_so_is_withdrawn(cast, circle, series, why):
    invite_all()
    sent()
    told()
    if why == "left":
        circle.memberships.get(person=cast.facilitator).end(by=cast.admin)
    elif why == "ended":
        series.end(by=cast.coach)
    elif why == "wants no more":
        CalendarWish.choose(cast.facilitator, wanted=False)
    else:
        Preference.choose(cast.facilitator, "sessions", Channel.MAIL, wanted=False)

    invite_all()
    invite_all()

    assert told() == [("CANCEL", "whole")]
    assert events(last())[0]["SEQUENCE"] == 1


def test_what_never_went_is_taken_back_in_silence(cast, circle, series):
    invite_all()
    told()
    circle.memberships.get(person=cast.facilitator).end(by=cast.admin)

    invite_all()

    assert told() == []
    assert not Notice.objects.standing().filter(kind="calendar.mailed").exists()


def test_who_comes_back_is_invited_anew_and_counted_on(cast, circle, series):
    invite_all()
    sent()
    circle.memberships.get(person=cast.facilitator).end(by=cast.admin)
    invite_all()
    cancelled = events(last())[0]["SEQUENCE"]
    told()

    circle.welcome(cast.facilitator, by=cast.admin)
    invite_all()

    assert told() == [("REQUEST", "whole")]
    assert events(last())[0]["SEQUENCE"] > cancelled
    assert CalendarInvitation.objects.count() == 1


def test_both_parsers_read_what_is_mailed(cast, series):
    move(series.sessions.upcoming()[1], hours=2)
    series.sessions.upcoming()[4].cancel(by=cast.coach)
    invite_all()

    standing = series.sessions.standing().order_by("starts_at")
    first, last_one = standing[0].starts_at, standing.last().ends_at
    body = last().body.encode()
    assert Calendar.from_ical(body)["METHOD"] == "REQUEST"
    if libical.library:
        seen = libical.seen(body, first, last_one)
        assert [each.starts for each in seen] == [s.starts_at for s in standing]


def sent() -> list[Message]:
    """Every mail of the outbox goes to a real mail server."""
    QuietHours.objects.update_or_create(person_id=who(), defaults={"on": False})
    with MailServer() as server:
        with override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=server.port,
        ):
            deliver_due(timezone.now() + timedelta(seconds=1))
        return server.messages


def who() -> int:
    return CalendarWish.objects.get().person_id


def test_the_mail_is_an_invitation_to_any_program(cast, series):
    invite_all()

    [mail] = [m for m in sent() if "calendar" in str(m["Subject"]).lower()]

    assert mail.get_content_type() == "multipart/mixed"
    bodies, attachment = mail.get_payload()
    assert bodies.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in bodies.get_payload()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    calendar = bodies.get_payload()[2]
    assert calendar.get_param("method") == "REQUEST"
    assert calendar.get_content_charset() == "utf-8"
    assert attachment.get_content_type() == "application/ics"
    assert attachment.get_filename() == "invite.ics"
    [inline], [attached] = (
        Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
        for part in (calendar, attachment)
    )
    assert inline.to_ical() == attached.to_ical()
    assert "coach" not in mail.as_string() and "Dae Kim" not in str(inline.get("ATTENDEE"))


def test_a_cancel_waits_for_its_request(cast, circle, series):
    invite_all()
    [request] = Delivery.objects.filter(notice__kind="calendar.mailed")
    at = timezone.now() + timedelta(seconds=1)
    [claimed] = Delivery.claim(at)
    while claimed.pk != request.pk:
        [claimed] = Delivery.claim(at)  # the request is on its way, and not there yet
    circle.memberships.get(person=cast.facilitator).end(by=cast.admin)
    invite_all()
    assert told()[-1] == ("CANCEL", "whole")

    assert [m for m in sent() if "No longer" in str(m["Subject"])] == []

    Delivery.hand_off([claimed], at)
    Delivery.objects.filter(state="planned").update(next_try_at=at)
    assert len([m for m in sent() if "No longer" in str(m["Subject"])]) == 1


def test_an_invitation_that_no_longer_holds_is_not_sent(cast, circle, series):
    invite_all()
    notice = Notice.objects.get(kind="calendar.mailed")
    assert CalendarMailed.still_holds(notice, last())

    circle.memberships.get(person=cast.facilitator).end(by=cast.admin)

    assert not CalendarMailed.still_holds(notice, last())


def test_i_choose_invitations_and_they_are_off_before(cast, as_facilitator):
    assert not CalendarWish.objects.exists()
    for wanted, rows in (({"wanted": "on"}, 1), ({}, 0)):
        as_facilitator.post("/communities/calendar/invitations/", {"sent": "1", **wanted})
        assert CalendarWish.objects.filter(person=cast.facilitator).count() == rows


def test_looking_costs_the_same_at_any_number_of_series(cast, circle, series):
    invite_all()
    queries = look()
    for _each in range(3):
        make.series(circle)
    invite_all()

    assert look() == queries


def look() -> int:
    with CaptureQueriesContext(connection) as captured:
        assert invite_all() == 0
    return len(captured)
