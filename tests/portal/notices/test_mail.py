"""A notice as a mail, and what a mail server's answer means."""

import smtplib
from email import message_from_bytes
from email.policy import default

import pytest
from django.core import signing

from portal.notices.kinds import subject_of
from portal.notices.mail import Fault, compose, fault
from portal.notices.unsubscribing import read
from tests.portal.notices import make
from tests.portal.notices.make import TimeToReflect


@pytest.fixture
def delivery(cast):
    return make.delivery(cast.facilitator, cast.northside.agency)


def sent(delivery):
    message = compose(delivery, TimeToReflect, subject_of(delivery.notice))
    return message_from_bytes(message.message().as_bytes(), policy=default)


def test_a_mail_has_every_header(delivery, cast, settings):
    settings.PUBLIC_URL, settings.PUBLIC_HOST = "https://portal.example.org", "portal.example.org"

    message = sent(delivery)

    assert message["To"] == cast.facilitator.email
    assert message["Subject"] == "Welcome to Northside Family Partners"
    assert message["Message-ID"] == delivery.message_id
    assert message["Message-ID"].endswith("@portal.example.org>")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "<sessions.notices.portal.example.org>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = "".join(message["List-Unsubscribe"].split()).strip("<>")
    assert link.startswith("https://portal.example.org/notices/unsubscriptions/")
    assert read(link.rstrip("/").rpartition("/")[2])[0] == cast.facilitator


def test_a_mail_has_text_and_html_and_says_why(delivery):
    message = sent(delivery)

    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    for part in (text, html):
        assert "Hello Amara," in part
        assert "because you belong to the community" in part
        assert "/notices/unsubscriptions/" in part
    assert "<script" not in html


def test_the_id_is_the_notices_and_tells_nothing(delivery, cast):
    again = delivery.notice.deliveries.get()
    other = make.delivery(cast.coach, cast.northside.agency)

    assert again.message_id == delivery.message_id
    assert other.message_id != delivery.message_id
    assert cast.facilitator.email not in delivery.message_id


def test_an_essential_mail_has_no_way_out(delivery, monkeypatch):
    monkeypatch.setattr(TimeToReflect, "essential", True)

    message = sent(delivery)

    assert message["List-Unsubscribe"] is None
    assert "unsubscriptions" not in message.as_string()


def test_a_name_cannot_add_a_header_nor_markup(delivery, cast):
    agency = cast.northside.agency
    agency.name = "Circle\r\nBcc: all@example.org <b>O'Brien & co</b>"
    agency.save()

    message = sent(delivery)

    assert message["Bcc"] is None
    assert message["Subject"].startswith("Welcome to Circle Bcc: all@example.org <b>O'Brien & co")
    html = message.get_body(("html",)).get_content()
    assert "<b>O" not in html
    assert "O'Brien & co" in message.get_body(("plain",)).get_content()


def test_a_token_is_good_for_one_choice_and_cannot_be_made_up(cast):
    assert read("forged") is None
    assert read(signing.dumps([cast.coach.pk, "sessions", "mail"], salt="other")) is None
    assert read(signing.dumps([0, "sessions", "mail"], salt="notices.unsubscription")) is None


@pytest.mark.parametrize(
    ("error", "means"),
    [
        (
            smtplib.SMTPRecipientsRefused({"a@b": (550, b"no")}),
            Fault(final=True, address=True, code=550),
        ),
        (
            smtplib.SMTPRecipientsRefused({"a@b": (452, b"full")}),
            Fault(address=True, soft=True, code=452),
        ),
        (smtplib.SMTPDataError(554, b"spam"), Fault(final=True, code=554)),
        (smtplib.SMTPDataError(451, b"later"), Fault(code=451)),
        (smtplib.SMTPSenderRefused(550, b"no", "x@y"), Fault(final=True, code=550)),
        (smtplib.SMTPAuthenticationError(535, b"who"), Fault(server=True, code=535)),
        (smtplib.SMTPConnectError(421, b"busy"), Fault(server=True, code=421)),
        (smtplib.SMTPServerDisconnected("gone"), Fault(server=True)),
        (ConnectionRefusedError(), Fault(server=True)),
        (TimeoutError(), Fault(server=True)),
    ],
)
def test_faults_are_sorted(error, means):
    assert fault(error) == means
