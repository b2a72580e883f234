"""Mail that comes back: at once, as the server's answer, or later, as a report to the sender.

A report is a multipart/report of type delivery-status (RFC 3464): machine-readable fields about
each recipient, and the mail, or its headers. It is matched with what we sent by the Message-ID that
we gave it, among the mails of the person whose address it names: whoever did not get the mail does
not know it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import getaddresses
from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Q

from portal.notices.codes import ABOUT_US, FULL
from portal.notices.models import Delivery, PausedAddress, SoftBounces, State
from portal.notices.notices import AddressPaused
from portal.people.models import User

LATEST = timedelta(days=14)  # servers give up after five days
CODE = re.compile(r"\b([45]\d\d)\b")


@dataclass(frozen=True)
class Report:
    """What a server says became of a mail for good."""

    message_id: str
    addresses: frozenset[str]  # in small letters
    status: str  # as 5.1.1
    code: int | None  # as 550

    @property
    def is_hard(self) -> bool:
        return self.status.startswith("5.") and not self.is_about_us and not self.is_full

    @property
    def is_about_us(self) -> bool:
        return bool(ABOUT_US.match(self.status))

    @property
    def is_full(self) -> bool:
        return bool(FULL.match(self.status))


def reports(raw: bytes) -> list[Report]:
    """What a message reports of mails that failed; nothing for any other message.

    A delay is no failure: the server still tries.
    """
    message = BytesParser(policy=policy.default).parsebytes(raw)
    if message.get_content_type() != "multipart/report":
        return []
    original = _original(message)
    if original is None:
        return []
    message_id = str(original.get("Message-ID", "")).strip()
    to = {address.lower() for _name, address in getaddresses([str(original.get("To", ""))])}
    return [
        Report(
            message_id,
            frozenset(to | _addresses(fields)),
            str(fields.get("Status", "")).strip(),
            _code(str(fields.get("Diagnostic-Code", ""))),
        )
        for fields in _failures(message)
        if message_id
    ]


def take_in(report: Report, at: datetime) -> Delivery | None:
    """Mark the mail that came back, and pause its address if that is called for; None where it is
    none of ours. The same report twice is as once."""
    named = reduce(or_, (Q(email__iexact=each) for each in report.addresses), Q(pk__in=[]))
    for person in User.objects.filter(named):
        sent = Delivery.objects.filter(
            notice__recipient=person, state=State.HANDED_OFF, settled_at__gt=at - LATEST
        )
        for delivery in sent.select_related("notice__recipient"):
            if delivery.message_id == report.message_id:
                _came_back(delivery, report, at)
                return delivery
    return None


def pause(person: User, *, code: int | None, at: datetime, is_soft: bool = False) -> None:
    """Spare the address, and tell its owner. The caller is in a transaction."""
    PausedAddress.pause(person, code=code, at=at, is_soft=is_soft)
    AddressPaused.tell([person], about=person, due_at=at)


@transaction.atomic
def failed_softly(person: User, *, code: int | None, at: datetime) -> None:
    """A mail to the person was given up that another day might have gone."""
    if SoftBounces.count(person, at):
        pause(person, code=code, at=at, is_soft=True)


@transaction.atomic
def _came_back(delivery: Delivery, report: Report, at: datetime) -> None:
    person = delivery.notice.recipient
    if not delivery.came_back(at, report.code, is_hard=report.is_hard):
        return
    # To an address that they have given up since, nothing goes any more.
    if person.email.lower() not in report.addresses or report.is_about_us:
        return
    if report.is_hard:
        pause(person, code=report.code, at=at)
    else:
        failed_softly(person, code=report.code, at=at)


def _failures(message: EmailMessage) -> Iterator[Message]:
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            for fields in _messages_in(part):
                if str(fields.get("Action", "")).strip().lower() == "failed":
                    yield fields


def _original(message: EmailMessage) -> Message | None:
    """The mail that came back, or its headers."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822" and (found := _messages_in(part)):
            return found[0]
        if kind in ("text/rfc822-headers", "message/rfc822-headers"):
            raw = part.get_payload(decode=True)
            if isinstance(raw, bytes):
                return BytesParser(policy=policy.default).parsebytes(raw)
    return None


def _messages_in(part: Message) -> list[Message]:
    payload: Any = part.get_payload()
    return payload if isinstance(payload, list) else []


def _addresses(fields: Message) -> set[str]:
    """Of "rfc822; amara@example.org"."""
    named = (str(fields.get(name, "")) for name in ("Final-Recipient", "Original-Recipient"))
    return {each.rpartition(";")[2].strip(" <>").lower() for each in named} - {""}


def _code(diagnostic: str) -> int | None:
    found = CODE.search(diagnostic)
    return int(found[1]) if found else None
