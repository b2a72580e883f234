"""The devices on which someone is signed in.

A device is a session with what its browser said of itself when it signed in (allauth keeps that).
Ending one deletes the session: the very next request from there is a visitor's.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from portal.people.models import User

SEEN = "device_seen_at"  # in the session: when the device's row was last told that it is in use
SEEN_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class Device:
    """One signed-in browser, as its person reads about it."""

    pk: int
    user_agent: str
    ip: str
    signed_in_at: datetime
    seen_at: datetime
    is_this_one: bool


def of(person: User, session_key: str | None = None) -> list[Device]:
    """Where the person is signed in now, `session_key`'s device first, then the last seen.

    Two queries however many there are. Sessions that ran out, or that a changed password ended,
    are no devices.
    """
    rows = {row.session_key: row for row in _rows(person)}
    running = Session.objects.filter(session_key__in=rows, expire_date__gt=timezone.now())
    devices = [
        Device(
            pk=row.pk,
            user_agent=row.user_agent,
            ip=row.ip,
            signed_in_at=row.created_at,
            seen_at=row.last_seen_at,
            is_this_one=row.session_key == session_key,
        )
        for row in (rows[session.session_key] for session in running if _opens(session, person))
    ]
    return sorted(devices, key=lambda device: (not device.is_this_one, -device.seen_at.timestamp()))


def end(person: User, pk: int) -> str | None:
    """Sign one of the person's devices out, at once; its session's key, None when it is gone."""
    row = _rows(person).filter(pk=pk).first()
    if row is None:
        return None
    row.end()
    return str(row.session_key)


def end_others(person: User, session_key: str | None) -> int:
    """Sign out everywhere but here, at once; how many devices that was."""
    return _end(_rows(person).exclude(session_key=session_key))


def end_all(person: User) -> int:
    """Sign the person out everywhere, at once; how many devices that was."""
    return _end(_rows(person))


def see(request: HttpRequest) -> None:
    """Keep that this device is in use: at most one write an hour, whatever it asks for."""
    now = time.time()
    if now - request.session.get(SEEN, 0) < SEEN_EVERY.total_seconds():
        return
    request.session[SEEN] = int(now)
    _rows(request.user).filter(session_key=request.session.session_key).update(
        last_seen_at=timezone.now(), ip=get_adapter().get_client_ip(request)
    )


@receiver(user_logged_in)
def _seen_signing_in(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    request.session[SEEN] = int(time.time())


def _rows(person: Any) -> Any:
    return person.usersession_set.all()  # allauth's


def _end(rows: Any) -> int:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    for key in rows.values_list("session_key", flat=True):
        store.delete(key)
    return int(rows.delete()[0])


def _opens(session: Session, person: User) -> bool:
    """Whether the session still signs the person in: a changed password ends those elsewhere."""
    kept = str(session.get_decoded().get(HASH_SESSION_KEY, ""))
    return constant_time_compare(kept, person.get_session_auth_hash())
