"""Deliver what is due: claim a few, ask again whether each should go, send, mark."""

import logging
import time
from collections import Counter, defaultdict
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from portal.notices import mail, push
from portal.notices.bounces import failed_softly, pause
from portal.notices.gathered import gather, gather_more
from portal.notices.habits import Habits
from portal.notices.kinds import NoticeKind, kinds, subjects_of
from portal.notices.models import (
    Channel,
    Delivery,
    Exclusion,
    PausedAddress,
    Preference,
    PushSubscription,
    Reason,
    State,
)
from portal.notices.models.delivery import AT_ONCE
from portal.notices.octets import Sealed, seal
from portal.notices.push_line import Lines
from portal.notices.wishes import wants
from portal.people.models import User

log = logging.getLogger(__name__)

A_MOMENT = timedelta(minutes=1)  # what must not overtake another mail asks again after it
A_WHILE = 10  # seconds that one task may go on: a worker has other things to do, too
BATCH = 50  # mails claimed in one go
A_BLINK = 0.2  # seconds that a mail may have gone without being marked
FRESH = 2  # seconds after a claim in which what was asked about it holds, and no more is begun


def deliver_due(at: datetime | None = None) -> Counter[str]:
    """Deliver until nothing is due, or a while has passed; how many came to which end.

    Any number may run at once. Stops at the first sign that the mail server is away.
    """
    until = time.monotonic() + A_WHILE
    ends: Counter[str] = Counter()
    size = BATCH
    with Post() as post:
        while time.monotonic() < until and not post.is_closed:
            began = time.monotonic()
            claimed = Delivery.claim(at or timezone.now(), size)
            if not claimed:
                break
            batch = Batch(claimed, post, at)
            try:
                while batch.waiting and not post.is_closed:
                    batch.deliver_next()
                    if time.monotonic() > began + FRESH:
                        break
            finally:
                batch.mark()
            ends.update(delivery.state for delivery in batch.done)
            Delivery.let_go(batch.waiting)
            # No more than goes while what was asked about them is fresh.
            size = min(BATCH, 2 * len(batch.done)) if batch.waiting else BATCH
    return ends


class Batch:
    """What was claimed together, with what is asked about each: read once for all of them."""

    def __init__(self, claimed: list[Delivery], post: "Post", at: datetime | None) -> None:
        self.waiting, self.post, self.at = list(claimed), post, at
        self.done: list[Delivery] = []
        self._sent: list[Delivery] = []  # and not yet marked
        self._since = 0.0  # that the first of them went
        people: dict[int, User] = {}
        for delivery in claimed:
            recipient = people.setdefault(delivery.notice.recipient_id, delivery.notice.recipient)
            delivery.notice.recipient = recipient
        gather(people.values(), Preference, Exclusion, PausedAddress)
        if any(delivery.channel == Channel.PUSH for delivery in claimed):
            gather_more(people.values(), PushSubscription)
        self.habits = Habits.of_many(people.values())
        self.subjects = subjects_of([delivery.notice for delivery in claimed])
        self._gather_about_subjects()

    def _gather_about_subjects(self) -> None:
        readers: dict[tuple[str, str, int], set[User]] = defaultdict(set)
        for delivery in self.waiting:
            notice = delivery.notice
            readers[notice.kind, notice.subject_type, notice.subject_id].add(notice.recipient)
        for key, people in readers.items():
            if len(people) > 1 and key[0] in kinds and self.subjects.get(key) is not None:
                kinds[key[0]].gather(self.subjects[key], people)

    def deliver_next(self) -> None:
        """Bring the first that waits to its end, or back to waiting."""
        delivery = self.waiting.pop(0)
        if delivery.goes_alone:
            self.mark()
        self.done.append(delivery)
        _deliver(delivery, self, self.at or timezone.now())
        if delivery.goes_alone or time.monotonic() > self._since + A_BLINK:
            self.mark()

    def sent(self, delivery: Delivery) -> None:
        """The server has it. A commit a mail would cost more than all else about one."""
        if not self._sent:
            self._since = time.monotonic()
        self._sent.append(delivery)
        if len(self._sent) >= AT_ONCE:
            self.mark()

    def mark(self) -> None:
        """Note what went."""
        sent, self._sent = self._sent, []
        if not Delivery.hand_off(sent, self.at or timezone.now()):
            log.warning("notices.claim_lost", extra={"deliveries": [each.pk for each in sent]})
        for delivery in sent:
            delivery.state = State.HANDED_OFF


class Post:
    """The way to the mail server, one connection for many mails, and to push services."""

    def __init__(self) -> None:
        self.is_closed = False  # the server is away: no use in trying more now
        self._connection: BaseEmailBackend | None = None
        self.lines = Lines()
        self._keeps = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")

    def __enter__(self) -> "Post":
        return self

    def __exit__(self, *_: Any) -> None:
        self.hang_up()
        self.lines.hang_up()

    def send(self, sealed: Sealed) -> None:
        """Raises what smtplib raises."""
        if not self._keeps:  # a backend of files: one file a mail
            sealed.mail.send()
            return
        if self._connection is None:
            self._connection = get_connection()
            self._connection.open()
        # By the backend's own line: its `send_messages` writes a mail by Python's email package.
        line: Any = self._connection
        line.connection.sendmail(sealed.sender, sealed.receivers, sealed.octets)

    def hang_up(self) -> None:
        if self._connection is not None:
            with suppress(Exception):  # it may be broken already; nothing is lost with it
                self._connection.close()
        self._connection = None


def _deliver(delivery: Delivery, batch: Batch, at: datetime) -> None:
    try:
        kind = kinds[delivery.notice.kind]
        about = delivery.notice
        subject = batch.subjects[about.kind, about.subject_type, about.subject_id]
        if kind.in_order:
            batch.mark()  # it asks what became of the others
        if _is_held(delivery, kind, subject, batch.habits[about.recipient_id], at):
            return
        if delivery.channel == Channel.PUSH:
            said = push.payload(delivery, kind, subject)
            answers = push.push(delivery, said, batch.post.lines, at, urgent=kind.urgent)
            _pushed(delivery, answers, batch, at)
            return
        sealed = seal(mail.compose(delivery, kind, subject))
    except Exception:
        # One notice that cannot be written (its kind is gone, its address is none) is an admin's
        # to see, and no reason to stop the others.
        log.exception("notices.delivery_broken", extra={"delivery": delivery.pk})
        delivery.end(State.GIVEN_UP, at, Reason.BROKEN)
        return
    try:
        batch.post.send(sealed)
    except Exception as error:
        batch.post.hang_up()
        found = mail.fault(error)
        log.warning(
            "notices.delivery_failed",
            extra={"delivery": delivery.pk, "code": found.code, "error": type(error).__name__},
        )
        batch.post.is_closed = found.server
        if found.final:
            _refuse(delivery, found, at)
        else:
            delivery.try_later(at, found.code)
        if found.soft and delivery.was_tried_for_long:
            failed_softly(delivery.notice.recipient, code=found.code, at=at)
        return
    batch.sent(delivery)


def _pushed(delivery: Delivery, answers: push.Answers, batch: Batch, at: datetime) -> None:
    """One browser that has it is enough: another try would show it there a second time."""
    if answers.taken:
        batch.sent(delivery)
    elif answers.later:
        delivery.try_later(at, answers.later[0])
    elif answers.refused:
        delivery.refuse(at, answers.refused[0], address=False)
    else:
        delivery.end(State.SUPPRESSED, at, Reason.NO_BROWSER)


def _refuse(delivery: Delivery, found: mail.Fault, at: datetime) -> None:
    """Refused for good. An address that takes no mail is spared, and its owner told."""
    with transaction.atomic():
        if delivery.refuse(at, found.code, address=found.address) and found.address:
            pause(delivery.notice.recipient, code=found.code, at=at)
        elif found.soft and delivery.state == State.GIVEN_UP:
            failed_softly(delivery.notice.recipient, code=found.code, at=at)


def _is_held(
    delivery: Delivery, kind: type[NoticeKind], subject: Any, habits: Habits, at: datetime
) -> bool:
    """Ask again, now, everything that may have changed since it was planned."""
    notice = delivery.notice
    person = notice.recipient
    if notice.withdrawn_at is not None:
        return delivery.end(State.CANCELLED, at, Reason.WITHDRAWN) or True
    if notice.expires_at is not None and notice.expires_at <= at:
        return delivery.end(State.EXPIRED, at) or True
    if not person.is_active:
        return delivery.end(State.SUPPRESSED, at, Reason.INACTIVE) or True
    if notice.read_at is not None:
        return delivery.end(State.SUPPRESSED, at, Reason.READ) or True
    if subject is None or not kind.still_holds(notice, subject):
        return delivery.end(State.CANCELLED, at, Reason.UNTRUE) or True
    if not wants(person, kind, delivery.channel):
        return delivery.end(State.SUPPRESSED, at, Reason.OPTED_OUT) or True
    if delivery.channel == Channel.PUSH and not kind.is_pushed():
        return delivery.end(State.SUPPRESSED, at, Reason.NO_BROWSER) or True
    if delivery.channel == Channel.MAIL and PausedAddress.of(person) is not None:
        return delivery.end(State.SUPPRESSED, at, Reason.ADDRESS) or True
    if kind.in_order and kind.waits(notice, subject):
        return delivery.hold_until(at + A_MOMENT) or True
    if kind.urgent:
        return False
    if habits.digests(notice, kind):
        return delivery.end(State.SUPPRESSED, at, Reason.DIGEST) or True
    decent = habits.decent(at)
    if decent <= at:
        return False
    if notice.expires_at is not None and decent >= notice.expires_at:
        return delivery.end(State.SUPPRESSED, at, Reason.QUIET) or True
    return delivery.hold_until(decent) or True
