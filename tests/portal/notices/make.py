"""Builders: a notice of an example kind, about an agency."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from portal.agencies.models import Agency
from portal.notices.models import Delivery, Leave, Notice, PushSubscription
from portal.people.models import User
from tests.portal.reminders.make import TimeToReflect, at

__all__ = [
    "AUTH",
    "BROWSERS_KEY",
    "NOON",
    "P256DH",
    "TimeToReflect",
    "at",
    "browser",
    "delivery",
    "leave",
    "notice",
]

NOON = at("2026-11-24 17:00")  # noon in New York, a Tuesday


def notice(person: User, about: Agency, due_at: datetime | None = None, **fields: Any) -> Notice:
    TimeToReflect.tell([person], about=about, due_at=due_at or timezone.now(), **fields)
    return Notice.objects.filter(recipient=person).latest("pk")


def delivery(person: User, about: Agency, due_at: datetime = NOON, **fields: Any) -> Delivery:
    fields.setdefault("expires_at", due_at + timedelta(days=2))
    return notice(person, about, due_at, **fields).deliveries.get()


def leave(person: User, first: str = "2031-07-01", last: str = "2031-07-14") -> Leave:
    return Leave.objects.create(
        person=person, first_day=date.fromisoformat(first), last_day=date.fromisoformat(last)
    )


# Of the example in RFC 8291 (5): its browser's private key, public key and secret.
BROWSERS_KEY = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
P256DH = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"


def browser(
    person: User, endpoint: str = "https://push.example.org/1", **fields: Any
) -> PushSubscription:
    given = {"p256dh": P256DH, "auth": AUTH, "device": "Firefox on Windows", **fields}
    return PushSubscription.keep(person, endpoint=endpoint, **given)
