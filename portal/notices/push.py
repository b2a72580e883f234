"""A notice on its way to a person's browsers: a neutral title and where to look, nothing else.

What is written on a locked screen is read by whoever passes. So it is the kind's own title, which
names nobody, and the path of a page that asks to sign in.
"""

import json
import logging
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from portal.notices.gathered import forget
from portal.notices.kinds import NoticeKind
from portal.notices.models import Delivery, Notice, PushSubscription
from portal.notices.push_encryption import Sender, pack
from portal.notices.push_line import Away, Lines, NotPublic

log = logging.getLogger(__name__)

LONGEST = timedelta(days=1)  # that a push service keeps it for a device that is off
GOOD_FOR = 12 * 3600  # seconds of a signed statement of who we are; a day at most (RFC 8292, 2)
GONE = (404, 410)
NOT_NOW = (408, 425, 429)  # and whatever is above 500


@lru_cache(maxsize=2)
def sender(private: str) -> Sender:
    return Sender(private)


def public_key() -> str:
    """What a browser needs to subscribe; empty where the portal has no key."""
    return sender(settings.WEB_PUSH_PRIVATE_KEY).public if settings.WEB_PUSH_PRIVATE_KEY else ""


def payload(delivery: Delivery, kind: type[NoticeKind], subject: Any) -> bytes:
    """What the browser's worker shows (static/js/worker/notices.js)."""
    notice = delivery.notice
    with translation.override(notice.recipient.language):
        said = {
            "title": str(kind.title),
            "path": _path(notice, kind, subject),
            "tag": topic(delivery),
            "language": notice.recipient.language,
        }
    return json.dumps(said, ensure_ascii=False).encode()


def _path(notice: Notice, kind: type[NoticeKind], subject: Any) -> str:
    if notice.in_portal:
        return reverse("notices:notices.show", args=[notice.pk])
    return urlsplit(kind.url(notice, subject)).path or "/"


def topic(delivery: Delivery) -> str:
    """Made from the key, so that a repeat takes the place of the first (RFC 8030, 5.4)."""
    return delivery.message_id[1:33]


@dataclass
class Answers:
    """What became of one notice at a person's browsers."""

    taken: int = 0
    gone: int = 0
    later: list[int | None] = field(default_factory=list)  # codes; None for no answer
    refused: list[int | None] = field(default_factory=list)


def push(
    delivery: Delivery, said: bytes, lines: Lines, at: datetime, *, urgent: bool = False
) -> Answers:
    """Hand it to each of the person's browsers. One that is gone is forgotten."""
    answers = Answers()
    until = delivery.notice.expires_at
    lasts = LONGEST if until is None else min(LONGEST, until - at)
    headers = {
        "TTL": str(max(0, int(lasts.total_seconds()))),
        "Topic": topic(delivery),
        "Urgency": "high" if urgent else "normal",
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
    }
    for subscription in PushSubscription.of(delivery.notice.recipient):
        try:
            content = subscription.recipient.encrypt(said)
            who = authorization(subscription.endpoint)
            code: int | None = lines.post(
                subscription.endpoint, content, {**headers, "Authorization": who}
            )
        except Away:
            answers.later.append(None)
            continue
        except NotPublic:
            code = GONE[0]  # it was public once, or its name leads elsewhere now
        if code in GONE:
            subscription.forget()
            forget(delivery.notice.recipient, PushSubscription)
            answers.gone += 1
        elif code is not None and 200 <= code < 300:
            subscription.took(at)
            answers.taken += 1
        elif code in NOT_NOW or code is None or code >= 500:
            answers.later.append(code)
        else:
            log.warning("notices.push_refused", extra={"delivery": delivery.pk, "code": code})
            answers.refused.append(code)
    return answers


def authorization(endpoint: str) -> str:
    """Who we are, said to this service alone (RFC 8292)."""
    parts = urlsplit(endpoint)
    hour = int(time.time()) // 3600
    return _statement(
        f"{parts.scheme}://{parts.netloc}", hour, settings.WEB_PUSH_PRIVATE_KEY, _contact()
    )


def _contact() -> str:
    url = settings.PUBLIC_URL
    return url if url.startswith("https://") else f"mailto:trellis@{settings.PUBLIC_HOST}"


@lru_cache(maxsize=100)
def _statement(audience: str, hour: int, private: str, contact: str) -> str:
    ours = sender(private)
    claims = {"aud": audience, "exp": hour * 3600 + GOOD_FOR, "sub": contact}
    words = ".".join(
        pack(json.dumps(part, separators=(",", ":")).encode())
        for part in ({"typ": "JWT", "alg": "ES256"}, claims)
    )
    return f"vapid t={words}.{pack(ours.sign(words.encode()))}, k={ours.public}"
