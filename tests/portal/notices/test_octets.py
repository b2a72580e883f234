"""A mail written down at once is the mail that Python's email package writes."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from itertools import pairwise

import pytest
from django.core.mail import BadHeaderError, EmailMultiAlternatives

from portal.notices.octets import octets, seal


def written(**said) -> EmailMultiAlternatives:
    words = {
        "subject": "Thursday circle: 3 p.m.",
        "body": "Hello Amara,\n\n.\n-- \nTrellis\n",
        "html": "<p>Hello Amara,</p>\n",
        "from_email": "Trellis <trellis@portal.example.org>",
        "to": "amara@northside.example",
        "headers": {
            "Message-ID": "<0123@portal.example.org>",
            "List-Unsubscribe": f"<https://portal.example.org/notices/{'x' * 300}/>",
        },
        **said,
    }
    html, to = words.pop("html"), words.pop("to")
    mail = EmailMultiAlternatives(to=[to], **words)
    mail.attach_alternative(html, "text/html")
    return mail


def read(message: bytes) -> dict:
    """What a reader's program makes of it."""
    parsed = message_from_bytes(message, _class=EmailMessage, policy=default)
    assert not parsed.defects
    parts = [part for part in parsed.walk() if not part.is_multipart()]
    names = set(parsed.keys()) - {"Content-Type", "Date"}
    return {
        "headers": {name: "".join(str(parsed[name]).split(" ")) for name in names},
        "type": parsed.get_content_type(),
        "dated": parsed["Date"].datetime is not None,
        "parts": [(part.get_content_type(), part.get_content()) for part in parts],
        "charsets": [part.get_content_charset() for part in parts],
    }


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"subject": "Círculo de los jueves: 15:00"},
        {"subject": "Círculo " * 14},
        {"subject": "A circle of many words " * 8},
        {"body": "¿Qué probarás?\nDe nuevo.\n", "html": "<p>¿Qué probarás?</p>\n"},
        {"body": "one\r\ntwo\rthree\n.\n..\nFrom here\n"},
        {"body": "long " * 400 + "\n", "html": "<p>" + "¿" * 700 + "</p>\n"},
        {"body": "no end"},
        {"to": "josé@northside.example"},
        {"to": "amara@círculo.example"},
        {"to": '"amara w"@northside.example'},
        {"from_email": "Círculo <trellis@portal.example.org>"},
    ],
)
def test_both_ways_say_the_same(said):
    mail = written(**said)

    message = octets(mail)

    assert read(message) == read(mail.message().as_bytes(linesep="\r\n"))
    assert all(len(line) <= 998 for line in message.split(b"\r\n"))
    # Each line ends as SMTP has it.
    assert all((a == 13) == (b == 10) for a, b in pairwise(message))


def test_what_has_more_than_text_and_html_goes_as_before():
    mail = written()
    mail.attach_alternative("BEGIN:VCALENDAR", 'text/calendar; method="REQUEST"')
    mail.attach("invite.ics", b"BEGIN:VCALENDAR", "text/calendar")

    parts = [kind for kind, _content in read(octets(mail))["parts"]]

    assert parts == ["text/plain", "text/html", "text/calendar", "text/calendar"]


@pytest.mark.parametrize(
    "said",
    [
        {"subject": "Circle\r\nBcc: all@example.org"},
        {"subject": "Circle\n Bcc: all@example.org"},
        {"headers": {"List-Id": "one\r\nBcc: all@example.org"}},
        {"to": "amara@northside.example\nBcc: all@example.org"},
        {"to": "nobody"},
        {"to": "a@b.example, c@d.example"},
    ],
)
def test_no_value_becomes_a_header_or_a_second_reader(said):
    with pytest.raises(ValueError):
        seal(written(**said))


def test_a_break_is_named():
    with pytest.raises(BadHeaderError, match="List-Id"):
        seal(written(headers={"List-Id": "one\ntwo"}))


def test_the_envelope_is_addresses_alone():
    sealed = seal(written(from_email="Círculo <trellis@portal.example.org>"))

    assert sealed.receivers == ["amara@northside.example"]
    assert sealed.sender.endswith("<trellis@portal.example.org>")
