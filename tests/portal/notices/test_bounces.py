"""Mail that comes back later: reports as Postfix, Google and Exchange write them."""

import io
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils import timezone

from portal.notices.bounces import failed_softly, reports, take_in
from portal.notices.models import Delivery, Notice, PausedAddress, SoftBounces
from portal.notices.models.delivery import PATIENT
from portal.notices.notices import AddressPaused
from portal.notices.sending import deliver_due
from tests.mailserver import MailServer
from tests.portal.notices import make
from tests.portal.notices.make import NOON

POSTFIX = """\
Date: Tue, 24 Nov 2026 17:05:00 +0000 (UTC)
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: trellis@portal.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
    boundary="1DD5A2C0.1764/mx.example.org"
Message-Id: <20261124170500.1DD5A2C0@mx.example.org>

This is a MIME-encapsulated message.

--1DD5A2C0.1764/mx.example.org
Content-Description: Notification
Content-Type: text/plain; charset=utf-8

This is the mail system at host mx.example.org.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.

--1DD5A2C0.1764/mx.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: 1DD5A2C0
X-Postfix-Sender: rfc822; trellis@portal.example
Arrival-Date: Tue, 24 Nov 2026 17:00:00 +0000 (UTC)

Final-Recipient: rfc822; {email}
Original-Recipient: rfc822;{email}
Action: {action}
Status: {status}
Remote-MTA: dns; mail.example.net
Diagnostic-Code: smtp; {code} {status} <{email}>: Recipient address rejected

--1DD5A2C0.1764/mx.example.org
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

Return-Path: <trellis@portal.example>
Content-Type: multipart/alternative; boundary="===============1=="
Subject: Time to reflect
From: Trellis <trellis@portal.example>
To: {email}
Message-ID:
 {message_id}
List-Id: <sessions.notices.portal.example>

--1DD5A2C0.1764/mx.example.org--
"""
# Google returns the whole mail, and wraps the diagnosis.
GOOGLE = """\
MIME-Version: 1.0
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: trellis@portal.example
Subject: Delivery Status Notification (Failure)
Content-Type: multipart/report; boundary="000000000000f5"; report-type=delivery-status

--000000000000f5
Content-Type: multipart/related; boundary="000000000000f6"

--000000000000f6
Content-Type: text/plain; charset="UTF-8"

** Message not delivered **

--000000000000f6--

--000000000000f5
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Received-From-MTA: dns; trellis@portal.example
Arrival-Date: Tue, 24 Nov 2026 09:00:00 -0800 (PST)

Final-Recipient: rfc822; forwarded-to@gmail.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {code}-{status} The recipient's inbox is out of storage space.
 {code} {status} Please direct the recipient to gsmtp
Last-Attempt-Date: Tue, 24 Nov 2026 09:00:01 -0800 (PST)

--000000000000f5
Content-Type: message/rfc822

Message-ID: {message_id}
From: Trellis <trellis@portal.example>
To: Amara Okafor <{email}>
Subject: Time to reflect
Content-Type: text/plain; charset="utf-8"

Hello

--000000000000f5--
"""
# Exchange: no original headers but a few, and the report in capitals.
EXCHANGE = POSTFIX.replace("text/rfc822-headers", "message/rfc822").replace(
    "Action: {action}\nStatus", "ACTION: {action}\nSTATUS"
)
VACATION = """\
From: amara@example.org
To: trellis@portal.example
Subject: Away until Monday
In-Reply-To: {message_id}
Content-Type: text/plain

I am away.
"""


@pytest.fixture
def sent(cast, db):
    """A mail to Amara that a server took."""
    delivery = make.delivery(cast.facilitator, cast.northside.agency)
    assert deliver_due(NOON) == {"handed_off": 1}
    return Delivery.objects.select_related("notice__recipient").get(pk=delivery.pk)


def raw(shape, sent, status="5.1.1", action="failed", **about):
    about = {"email": sent.notice.recipient.email, "message_id": sent.message_id} | about
    code = 550 if status.startswith("5") else 451
    return shape.format(status=status, action=action, code=code, **about).encode()


def come_back(message, days=0):
    return [take_in(report, NOON + timedelta(days=days, hours=1)) for report in reports(message)]


@pytest.mark.parametrize(
    "shape", [POSTFIX, GOOGLE, EXCHANGE], ids=["postfix", "google", "exchange"]
)
def test_a_mail_that_comes_back_for_good_pauses_its_address_once(sent, cast, shape):
    message = raw(shape, sent).replace(b"\n", b"\r\n")

    assert come_back(message) == [sent]
    assert come_back(message) == [None], "the same report again is as none"

    sent.refresh_from_db()
    assert (sent.state, sent.smtp_code) == ("bounced", 550)
    assert not PausedAddress.of(cast.facilitator).is_soft
    told = Notice.objects.get(kind="address.paused")
    assert told.recipient == cast.facilitator
    assert Delivery.objects.failed_for(type(cast.coach).objects.all()).count() == 1


@pytest.mark.parametrize(
    "message",
    [
        lambda sent: raw(POSTFIX, sent, "4.4.1", "delayed"),
        lambda sent: raw(POSTFIX, sent, "2.1.5", "delivered"),
        lambda sent: raw(POSTFIX, sent, message_id="<someone.elses@example.net>"),
        lambda sent: raw(POSTFIX, sent, email="stranger@example.net"),
        lambda sent: raw(VACATION, sent),
        lambda sent: b"",
        lambda sent: b"\xff\xfe no mail at all \x00",
        lambda sent: raw(POSTFIX, sent)[:1200],  # cut off in the middle
    ],
)
def test_what_is_no_failure_of_ours_changes_nothing(sent, message):
    assert [each for each in come_back(message(sent)) if each] == []

    sent.refresh_from_db()
    assert sent.state == "handed_off"
    assert not PausedAddress.objects.exists()


def test_a_report_that_is_not_about_the_address_ends_as_a_dead_letter(sent):
    come_back(raw(POSTFIX, sent, "5.7.1"))

    sent.refresh_from_db()
    assert (sent.state, sent.reason) == ("given_up", "returned")
    assert not PausedAddress.objects.exists() and not SoftBounces.objects.exists()


def test_an_address_that_was_given_up_since_pauses_no_other(sent, cast):
    old = raw(POSTFIX, sent)
    cast.facilitator.email = "amara@elsewhere.example"
    cast.facilitator.save(update_fields=["email"])

    come_back(old)

    assert not PausedAddress.objects.exists()


def test_a_full_mailbox_pauses_its_address_after_five_days(sent, cast, as_facilitator):
    person = cast.facilitator
    come_back(raw(GOOGLE, sent, "5.2.2"))
    for day in (0, 1, 2, 3):  # twice on the first, which counts once
        failed_softly(person, code=552, at=NOON + timedelta(days=day, hours=2))
    assert SoftBounces.objects.get().days == 4
    assert PausedAddress.of(person) is None

    failed_softly(person, code=552, at=NOON + timedelta(days=4))

    assert PausedAddress.of(person).is_soft
    notice = Notice.objects.get(kind=AddressPaused.kind)
    assert "may be full" in as_facilitator.get(f"/notices/{notice.pk}/").content.decode()
    assert "may be full" in as_facilitator.get("/notices/address/").content.decode()
    as_facilitator.post("/notices/address/")
    assert not SoftBounces.objects.exists() and PausedAddress.of(person) is None


def test_a_quiet_week_and_another_address_begin_anew(cast, db):
    for day in (0, 1, 2, 3, 11):
        failed_softly(cast.facilitator, code=451, at=NOON + timedelta(days=day))
    assert SoftBounces.objects.get().days == 1

    failed_softly(cast.facilitator, code=451, at=NOON + timedelta(days=12))
    cast.facilitator.email = "amara@elsewhere.example"
    failed_softly(cast.facilitator, code=451, at=NOON + timedelta(days=13))
    assert SoftBounces.objects.get().days == 1


@pytest.mark.parametrize(
    ("answer", "attempts", "counts"),
    [
        ("451 4.2.2 over quota", PATIENT, 1),
        ("451 4.2.2 over quota", 1, 0),  # the first attempts: it may be greylisting
        ("450 4.7.1 greylisted", PATIENT, 0),
        ("552 5.2.2 mailbox full", 0, 1),
    ],
)
def test_a_mail_that_was_given_up_counts_once(cast, settings, answer, attempts, counts):
    """Given up since it would be of no use any more, long before the last attempt."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    delivery = make.delivery(cast.facilitator, cast.northside.agency)
    Delivery.objects.update(attempts=attempts)
    Notice.objects.filter(pk=delivery.notice_id).update(expires_at=NOON + timedelta(seconds=2))
    with MailServer() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        server.answers[cast.facilitator.email] = answer
        deliver_due(NOON)

    assert SoftBounces.objects.count() == counts


def test_a_pipe_is_answered_in_words_and_never_fails(sent, monkeypatch, capsys):
    for message, words in (
        (raw(POSTFIX, sent), f"5.1.1: delivery {sent.pk} came back."),
        (raw(POSTFIX, sent), "5.1.1: none of our mails of the last two weeks."),
        (raw(VACATION, sent), "This is no report of a mail that failed."),
    ):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(message)))
        Delivery.objects.filter(state="handed_off").update(settled_at=timezone.now())
        call_command("read_bounces")
        assert capsys.readouterr().out == words + "\n"
