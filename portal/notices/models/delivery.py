"""A delivery: one notice on its way by one channel. The outbox and the ledger in one."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby, islice, takewhile
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.notices.models.category import Channel
from portal.notices.models.notice import Notice
from portal.notices.models.paused_address import PausedAddress
from portal.notices.waking import wake_on_commit
from portal.people.models import User
from portal.web.privacy import NONE, WORK

FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=4)
PATIENT = 8  # attempts: an hour and more
MOST_ATTEMPTS = 12  # about 20 hours of a mail server that says "later"
AT_ONCE = 10  # mails that are marked as sent in one go


class State(models.TextChoices):
    PLANNED = "planned", _("waiting to go")
    CLAIMED = "claimed", _("on its way")
    HANDED_OFF = "handed_off", _("sent")
    BOUNCED = "bounced", _("refused: the address does not take mail")
    SUPPRESSED = "suppressed", _("held back")
    EXPIRED = "expired", _("too late to be of use")
    CANCELLED = "cancelled", _("taken back")
    GIVEN_UP = "given_up", _("could not be sent")


FAILED = (State.BOUNCED, State.GIVEN_UP)


class Reason(models.TextChoices):
    """Why a delivery was held back, taken back or given up."""

    NONE = "", ""
    OPTED_OUT = "opted_out", _("they do not want these by email")
    QUIET = "quiet", _("it would have come in quiet hours, and of no use after")
    DIGEST = "digest", _("it goes with others in their digest")
    ADDRESS = "address", _("their address had refused mail before")
    READ = "read", _("they had read it in the portal")
    INACTIVE = "inactive", _("they no longer sign in here")
    WITHDRAWN = "withdrawn", _("it was taken back")
    UNTRUE = "untrue", _("it no longer held")
    REFUSED = "refused", _("the mail server refused it")
    RETURNED = "returned", _("it came back")
    TRIED = "tried", _("the mail server was away too long")
    LOST = "lost", _("its worker was lost twice")
    BROKEN = "broken", _("it could not be written")
    NO_BROWSER = "no_browser", _("no browser of theirs shows notices any more")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, at: datetime | None = None) -> Self:
        """What should go now."""
        return self.filter(state=State.PLANNED, next_try_at__lte=at or timezone.now())

    def failed_for(self, people: models.QuerySet[User]) -> Self:
        """The dead letters to these people: refused, or given up. What a browser did not take is
        none: nobody can mend that, and it went by mail as well."""
        ended = self.filter(channel=Channel.MAIL, state__in=FAILED, notice__withdrawn_at=None)
        return ended.filter(notice__recipient__in=people).select_related("notice__recipient")

    def lost(self, at: datetime | None = None) -> Self:
        """What a worker claimed and never settled."""
        at = at or timezone.now()
        return self.filter(state=State.CLAIMED, claimed_at__lte=at - settings.CLAIM_LASTS)


class Delivery(models.Model):
    """One notice, one channel, once.

    planned → claimed → handed_off; or back to planned to try again; or to where it ends:
    bounced, suppressed, expired, cancelled, given up. A mail that a server took in the instant
    before its worker died goes again under the same Message-ID.
    """

    privacy = {
        "id": NONE,
        "notice": NONE,
        "channel": NONE,
        "state": WORK,
        "reason": WORK,
        "attempts": NONE,
        "lost": NONE,
        "smtp_code": NONE,
        "next_try_at": NONE,
        "claimed_at": NONE,
        "settled_at": WORK,
    }

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=12, choices=Channel, default=Channel.MAIL)
    state = models.CharField(max_length=12, choices=State, default=State.PLANNED)
    reason = models.CharField(max_length=12, blank=True, choices=Reason, default=Reason.NONE)
    attempts = models.PositiveSmallIntegerField(default=0)  # answers from the mail server
    lost = models.PositiveSmallIntegerField(default=0)  # claims that outlived their worker
    smtp_code = models.PositiveSmallIntegerField(null=True)  # the last refusal's
    next_try_at = models.DateTimeField(null=True)  # while planned
    claimed_at = models.DateTimeField(null=True)  # while claimed
    settled_at = models.DateTimeField(null=True)  # since it ended

    waited_since: datetime  # of what was claimed: its place in the line

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="notices_delivery_once"),
            models.CheckConstraint(
                condition=Q(state=State.PLANNED, next_try_at__isnull=False)
                | Q(~Q(state=State.PLANNED), next_try_at=None),
                name="notices_delivery_planned_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=State.CLAIMED, claimed_at__isnull=False)
                | Q(~Q(state=State.CLAIMED), claimed_at=None),
                name="notices_delivery_claimed_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.PLANNED, State.CLAIMED], settled_at=None)
                | Q(
                    # A list: the order of a set changes from one process to the next, and
                    # with it what Django takes for a change of the constraint.
                    state__in=[s for s in State if s not in (State.PLANNED, State.CLAIMED)],
                    settled_at__isnull=False,
                ),
                name="notices_delivery_settled_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=[State.SUPPRESSED, State.CANCELLED, State.GIVEN_UP], reason=""
                ),
                name="notices_delivery_held_back_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state=State.PLANNED),
                name="notices_delivery_due",
            ),
            models.Index(
                fields=["claimed_at"],
                condition=Q(state=State.CLAIMED),
                name="notices_delivery_claimed",
            ),
            models.Index(
                fields=["settled_at"],
                condition=Q(settled_at__isnull=False),
                name="notices_delivery_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} by {self.channel}: {self.state}"

    @property
    def message_id(self) -> str:
        """Made from the key, so that a repeat is seen as the same mail; tells nothing."""
        notice = self.notice
        key = (
            f"{notice.kind} {notice.subject_type} {notice.subject_id} {notice.recipient_id}"
            f" {notice.due_at.timestamp()} {self.channel}"
        )
        return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{settings.PUBLIC_HOST}>"

    @classmethod
    @transaction.atomic
    def claim(cls, at: datetime, most: int = 1) -> list[Delivery]:
        """Take the longest waiting deliveries that nobody else holds, with what they tell whom.

        They are sent in the order of this list and marked by AT_ONCE or fewer: so of those whose
        worker is lost, only the first ones can have gone (`_unsure`).
        """
        # In the index's own order: by the id as well, each claim would sort all that are due in
        # the same minute.
        waiting = cls.objects.due(at).order_by("next_try_at")
        held = waiting.select_for_update(skip_locked=True, of=("self",))[:most]
        since: dict[int, Any] = dict(held.values_list("pk", "next_try_at"))
        if not since:
            return []
        cls.objects.filter(pk__in=since).update(
            state=State.CLAIMED, claimed_at=at, next_try_at=None
        )
        claimed = cls.objects.filter(pk__in=since).order_by("pk")
        deliveries: list[Delivery] = list(claimed.select_related("notice__recipient"))
        for delivery in deliveries:
            delivery.waited_since = since[delivery.pk]
        return deliveries

    @classmethod
    def let_go(cls, deliveries: Sequence[Delivery]) -> int:
        """Put back what was claimed in one go and not begun. It keeps its place in the line."""
        if not deliveries:
            return 0
        first = deliveries[0]
        held = cls.objects.filter(
            pk__in=[delivery.pk for delivery in deliveries],
            state=State.CLAIMED,
            claimed_at=first.claimed_at,
        )
        since = min(delivery.waited_since for delivery in deliveries)
        return held.update(state=State.PLANNED, claimed_at=None, next_try_at=since)

    @classmethod
    @transaction.atomic
    def free_lost_claims(cls, at: datetime) -> int:
        """Let go what a dead worker held.

        Of those it claimed in one go, the first may have gone: once they are tried again, at the
        second time given up. The others were not begun.
        """
        begun = cls.objects.lost(at).filter(pk__in=cls._unsure(at))
        given_up = begun.filter(lost__gt=0).update(
            state=State.GIVEN_UP, reason=Reason.LOST, claimed_at=None, settled_at=at
        )
        begun.update(lost=models.F("lost") + 1)
        freed = cls.objects.lost(at).update(state=State.PLANNED, claimed_at=None, next_try_at=at)
        return given_up + freed

    @classmethod
    def _unsure(cls, at: datetime) -> list[int]:
        """Of what dead workers held, those that may have gone: they were not marked yet.

        What was lost before went alone (`goes_alone`), so that a mail which kills its worker takes
        no other one along to the dead letters.
        """
        rows = cls.objects.lost(at).order_by("claimed_at", "pk")
        unsure: list[int] = []
        for _claim, held in groupby(
            rows.values_list("claimed_at", "pk", "lost"), key=lambda row: row[0]
        ):
            first, *others = islice(held, AT_ONCE)
            unsure.append(first[1])
            if not first[2]:
                unsure += [pk for _at, pk, _lost in takewhile(lambda row: not row[2], others)]
        return unsure

    @classmethod
    def hand_off(cls, deliveries: Sequence[Delivery], at: datetime) -> bool:
        """The mail server took these, which were claimed in one go. False if the claim of any had
        been taken away meanwhile."""
        if not deliveries:
            return True
        held = cls.objects.filter(
            pk__in=[delivery.pk for delivery in deliveries],
            state=State.CLAIMED,
            claimed_at=deliveries[0].claimed_at,
        )
        marked = held.update(
            state=State.HANDED_OFF,
            claimed_at=None,
            settled_at=at,
            attempts=models.F("attempts") + 1,
        )
        return marked == len(deliveries)

    @property
    def goes_alone(self) -> bool:
        """Whether it is marked by itself: its worker was lost before, perhaps by its fault."""
        return self.lost > 0

    def end(self, state: State, at: datetime, reason: Reason = Reason.NONE) -> bool:
        """It will not be sent, and why."""
        return self._settle(state, at, reason)

    def hold_until(self, decent: datetime) -> bool:
        """Wait for a decent hour; that is no attempt."""
        return self._leave_claim(State.PLANNED, next_try_at=decent)

    def try_later(self, at: datetime, code: int | None = None) -> bool:
        """After "not now": wait twice as long each time, with jitter, while it is of use."""
        self.attempts += 1
        self.smtp_code = code
        if self.attempts >= MOST_ATTEMPTS:
            return self._settle(State.GIVEN_UP, at, Reason.TRIED)
        delay = min(FIRST_DELAY * 2 ** (self.attempts - 1), LONGEST_DELAY)
        next_try_at = at + delay * random.uniform(0.5, 1)  # noqa: S311  # jitter, not a secret
        expires_at = self.notice.expires_at
        if expires_at is not None and next_try_at >= expires_at:
            return self._settle(State.EXPIRED, at)
        return self._leave_claim(State.PLANNED, next_try_at=next_try_at)

    def refuse(self, at: datetime, code: int | None, *, address: bool) -> bool:
        """The mail server said no for good: to the address, or to the mail."""
        self.attempts += 1
        self.smtp_code = code
        if address:
            return self._settle(State.BOUNCED, at)
        return self._settle(State.GIVEN_UP, at, Reason.REFUSED)

    def came_back(self, at: datetime, code: int | None, *, is_hard: bool) -> bool:
        """A server took it, and one behind it sent it back. False when that was known."""
        sent = Delivery.objects.filter(pk=self.pk, state=State.HANDED_OFF)
        state, reason = (
            (State.BOUNCED, Reason.NONE) if is_hard else (State.GIVEN_UP, Reason.RETURNED)
        )
        changes = {"state": state, "reason": reason, "smtp_code": code, "settled_at": at}
        if not sent.update(**changes):
            return False
        for name, value in changes.items():
            setattr(self, name, value)
        return True

    @property
    def was_tried_for_long(self) -> bool:
        """Whether it ended after so many attempts that a server which makes strangers wait for an
        hour (greylisting) would have taken it."""
        return self.state in (State.GIVEN_UP, State.EXPIRED) and self.attempts >= PATIENT

    @transaction.atomic
    def retry(self, at: datetime | None = None) -> bool:
        """Try a dead letter anew, from the first attempt on; False when it is none any more.

        Whether it is still of use and true is asked when it goes. It keeps its Message-ID.
        """
        at = at or timezone.now()
        dead = Delivery.objects.filter(pk=self.pk, state__in=FAILED)
        revived = dead.update(
            state=State.PLANNED,
            reason=Reason.NONE,
            attempts=0,
            lost=0,
            smtp_code=None,
            settled_at=None,
            next_try_at=at,
        )
        if revived:
            if self.state == State.BOUNCED:
                PausedAddress.resume(self.notice.recipient)
            wake_on_commit()
        return bool(revived)

    def _settle(self, state: State, at: datetime, reason: Reason = Reason.NONE) -> bool:
        return self._leave_claim(state, settled_at=at, reason=reason)

    def _leave_claim(self, state: State, **fields: object) -> bool:
        """Leave the claimed state, unless another worker took the claim from us."""
        held = Delivery.objects.filter(pk=self.pk, state=State.CLAIMED, claimed_at=self.claimed_at)
        changes = {
            "state": state,
            "claimed_at": None,
            "attempts": self.attempts,
            "smtp_code": self.smtp_code,
            **fields,
        }
        if not held.update(**changes):
            return False
        for name, value in changes.items():
            setattr(self, name, value)
        return True
