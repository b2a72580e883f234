"""Every kind of notice is rendered: three files, and nothing private where it does not belong.

A kind's sample stands in its app's tests, in `notice_samples.py`: SAMPLES maps the kind to a
function of the cast that returns (who is told, what about).
"""

import re
from importlib import import_module
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db.models import Model

from portal.notices.kinds import kinds
from portal.notices.mail import compose
from portal.notices.models import Delivery, Notice
from portal.web.privacy import FREE, JOURNAL
from tests.portal.notices.make import NOON, TimeToReflect

TABLES = [
    "tests.portal.notices.notice_samples",
    "tests.portal.agencies.notice_samples",
    "tests.communities.notice_samples",
    "tests.reflections.notice_samples",
    "tests.fidelity.notice_samples",
]
SAMPLES = {kind: make for table in TABLES for kind, make in import_module(table).SAMPLES.items()}
URL = re.compile(r"https?://[^\s\"'<>]+")


def mail_about(kind: str, cast: Any) -> tuple[EmailMultiAlternatives, Model]:
    person, subject = SAMPLES[kind](cast)
    notice, _ = Notice.objects.get_or_create(
        kind=kind,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        recipient=person,
        due_at=NOON,
    )
    assert kinds[kind].still_holds(notice, subject), "choose a sample that would be sent"
    delivery = Delivery(notice=notice, next_try_at=NOON)
    return compose(delivery, kinds[kind], subject), subject


def private_values(thing: Model, classes: set[str], depth: int = 2) -> set[str]:
    """What a thing and the things it points to hold in fields of these classes."""
    found: set[str] = set()
    for field in thing._meta.concrete_fields:
        value = getattr(thing, field.name)
        if isinstance(value, Model):
            if depth:
                found |= private_values(value, classes, depth - 1)
        elif getattr(thing, "privacy", {}).get(field.name) in classes and value:
            values = value.values() if isinstance(value, dict) else [value]
            found |= {str(each) for each in values if len(str(each)) > 3}
    return found


def test_every_kind_has_a_sample():
    known = set(kinds) - {TimeToReflect.kind}

    assert {"without": known - set(SAMPLES), "gone": set(SAMPLES) - known} == {
        "without": set(),
        "gone": set(),
    }


@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_a_kind_says_nothing_private_where_it_shows(kind, cast):
    mail, subject = mail_about(kind, cast)
    text, html = mail.body, mail.alternatives[0][0]
    shown = [mail.subject, *URL.findall(text), *URL.findall(html)]

    assert 0 < len(mail.subject) <= 120
    assert len(text.split()) > 10
    assert not re.search(r"\{\{|\{%|None\b|&#x27;", mail.subject + text)
    assert not re.search(r"href=\"/", html), "a mail's links are whole"
    for value in private_values(subject, {JOURNAL, FREE}):
        assert not any(value in each for each in shown)
    for value in private_values(subject, {JOURNAL}):
        assert value not in text
        assert value not in html
