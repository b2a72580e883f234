"""A rule: what is to be reminded of, again and again, and when next."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Self

from django.db import models, transaction
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.agencies.models import Agency
from portal.audit.events import record
from portal.people.models import User
from portal.recurrence import Occurrence as Time
from portal.recurrence import Recurrence, instant, zone_rules
from portal.recurrence.fields import WallTimeField
from portal.reminders.kinds import ReminderKind, kinds
from portal.reminders.models.breaks import Breaks
from portal.reminders.models.occurrence import INSTANT, Occurrence
from portal.reminders.owners import of_agency
from portal.web.privacy import NONE, WORK

log = logging.getLogger(__name__)

DAY = 24 * 60  # minutes


class RuleQuerySet(models.QuerySet["Rule"]):
    def for_owner(self, owner: Model) -> Self:
        """The rules of a series, a community, a commitment."""
        return self.filter(owner_type=owner._meta.label_lower, owner_id=owner.pk)

    def of_agency(self, agency: Agency) -> Self:
        """The rules of the agency, of its communities, and of what is theirs."""
        labels = sorted(set(Rule.objects.values_list("owner_type", flat=True).distinct()))
        return self.filter(of_agency(agency, labels))

    def due(self, at: datetime | None = None) -> Self:
        """What should have spoken by now, the longest waiting first.

        In the index's own order: by the id as well, each batch would sort all that are due in the
        same minute.
        """
        return self.filter(next_due_at__lte=at or timezone.now()).order_by("next_due_at")


class Rule(Breaks, models.Model):
    """Says `kind` about its owner at a wall time, by an RRULE, in a zone.

    `next_due_at` is computed ahead, so that a tick only compares instants; it is empty while
    the rule is paused and once it is over. Everything due before `settled_until` has been dealt
    with. `version` counts changes: what an earlier version left unsent is taken back.
    """

    privacy = {
        "id": NONE,
        "kind": NONE,
        "owner_type": WORK,
        "owner_id": WORK,
        "rrule": WORK,
        "starts": WORK,
        "zone": NONE,
        "offset_minutes": NONE,
        "version": NONE,
        "settled_until": NONE,
        "next_due_at": NONE,
        "paused_at": WORK,
        "ended_at": WORK,
        "failures": NONE,
        "snoozed_until": WORK,
        "skipped": WORK,
        "zone_rules": NONE,
    }
    occurrences: models.Manager[Occurrence]

    kind = models.CharField(max_length=60)
    owner_type = models.CharField(max_length=60)
    owner_id = models.BigIntegerField()
    rrule = models.CharField(max_length=250)
    starts = WallTimeField()
    zone = models.CharField(max_length=64)
    offset_minutes = models.IntegerField(default=0)  # below nought: before the thing
    version = models.PositiveIntegerField(default=1)
    settled_until = models.DateTimeField()
    next_due_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)  # in a row
    # The edition of the zone database by which `next_due_at` was found.
    zone_rules = models.CharField(max_length=20, blank=True, default="", db_default="")

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder rule")
        verbose_name_plural = _("reminder rules")
        constraints = [
            models.UniqueConstraint(
                fields=["owner_type", "owner_id", "kind"],
                name="reminders_rule_once",
                violation_error_message=_("It has such a reminder already: change that one."),
            ),
            models.CheckConstraint(
                condition=Q(next_due_at=None) | Q(paused_at=None, ended_at=None),
                name="reminders_rule_rests_when_paused",
                violation_error_message=_("A reminder that is paused or over has no next time."),
            ),
            models.CheckConstraint(
                condition=Q(offset_minutes__range=(-60 * DAY, 60 * DAY)),
                name="reminders_rule_offset",
                violation_error_message=_("Choose a time within 60 days of the event."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_due_at"],
                condition=Q(next_due_at__isnull=False),
                name="reminders_rule_next_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.owner_type} {self.owner_id}"

    @property
    def paused(self) -> bool:
        return self.paused_at is not None

    @property
    def rests(self) -> bool:
        """Whether it says nothing for now, or for good."""
        return self.paused_at is not None or self.ended_at is not None

    @cached_property
    def recurrence(self) -> Recurrence:
        """Raises NotARecurrence if the row's rule or zone can no longer be kept."""
        return Recurrence(self.rrule, self.starts, self.zone)

    @property
    def reminder_kind(self) -> type[ReminderKind]:
        """Raises KeyError when no app offers the kind any more."""
        return kinds[self.kind]

    def shifted(self, time: Time) -> datetime:
        """The instant of the reminder for one time of the recurrence.

        Whole days of the offset are days on the calendar: two days before Monday 15:00 is
        Saturday 15:00, even when the clocks change on Sunday. The rest is time that passes.
        """
        sign = -1 if self.offset_minutes < 0 else 1
        days, minutes = divmod(abs(self.offset_minutes), DAY)
        if not days:
            return time.at + timedelta(minutes=sign * minutes)
        wall = time.wall + timedelta(days=sign * days)
        return instant(wall, self.zone) + timedelta(minutes=sign * minutes)

    @classmethod
    @transaction.atomic
    def plan_for(
        cls,
        owner: Model,
        *,
        kind: str,
        recurrence: Recurrence,
        minutes_before: int = 0,
        by: User | None = None,
        at: datetime | None = None,
    ) -> Rule:
        """Make the owner's one rule of this kind, or change it; the same again changes nothing."""
        at = at or timezone.now()
        wanted = {
            "rrule": recurrence.rrule,
            "starts": recurrence.starts,
            "zone": recurrence.zone,
            "offset_minutes": -minutes_before,
        }
        key = {"kind": kind, "owner_type": owner._meta.label_lower, "owner_id": owner.pk}
        rule, fresh = cls.objects.select_for_update(of=("self",)).get_or_create(
            **key, defaults=wanted | {"settled_until": at}
        )
        if fresh:
            rule._look_ahead()
            record("rule.planned", on=rule, by=by, at=at)
            return rule
        if rule.ended_at is None and all(getattr(rule, n) == v for n, v in wanted.items()):
            return rule
        rule._pay_what_it_owes(at)
        for name, value in wanted.items():
            setattr(rule, name, value)
        rule.__dict__.pop("recurrence", None)
        if rule.ended_at is not None:
            rule.ended_at = rule.paused_at = None
        rule._start_over(at)
        record("rule.changed", on=rule, by=by, at=at)
        return rule

    @classmethod
    @transaction.atomic
    def end_for(
        cls, owner: Model, *, kind: str, by: User | None = None, at: datetime | None = None
    ) -> None:
        """End the owner's rule of this kind and take back what it left unsent."""
        at = at or timezone.now()
        rules = cls.objects.for_owner(owner).select_for_update(of=("self",))
        rule = rules.filter(kind=kind, ended_at=None).first()
        if rule:
            rule.ended_at = at
            rule._start_over(at)
            record("rule.ended", on=rule, by=by, at=at)

    @classmethod
    @transaction.atomic
    def reschedule_for(cls, owner: Model, *, kind: str, at: datetime | None = None) -> None:
        """Look again at when the owner's rule comes due: what it reads its times from changed.

        Unsent reminders are taken back; those which still hold are made anew when due.
        """
        at = at or timezone.now()
        rules = cls.objects.for_owner(owner).select_for_update(of=("self",))
        if rule := rules.filter(kind=kind).first():
            rule._start_over(at, since=rule.settled_until)

    @classmethod
    @transaction.atomic
    def hand_on(
        cls, *, kind: str, owner: Model, to: Model, subject_type: str, subjects: Sequence[int]
    ) -> None:
        """What the owner's rule has told of these subjects is the other owner's rule's from now
        on: it stands or is taken back with that one's times, and is not told again."""
        mine = cls.objects.for_owner(owner).filter(kind=kind).first()
        theirs = cls.objects.for_owner(to).filter(kind=kind).first()
        if mine and theirs:
            told = Occurrence.objects.filter(
                rule=mine, version=mine.version, outcome=Occurrence.Outcome.TOLD
            )
            about = told.filter(subject_type=subject_type, subject_id__in=subjects)
            about.update(rule=theirs, version=0)  # before all of that rule's own

    @transaction.atomic
    def pause(self, *, by: User | None = None, at: datetime | None = None) -> None:
        """Say nothing until `resume`. What comes due meanwhile is passed over."""
        at = at or timezone.now()
        rule = self._locked()
        if rule.paused_at is None:
            rule.paused_at = at
            rule._start_over(at)
            record("rule.paused", on=self, by=by, at=at)
        self.refresh_from_db()

    @transaction.atomic
    def resume(self, *, by: User | None = None, at: datetime | None = None) -> None:
        """Speak again, from the next time on."""
        at = at or timezone.now()
        rule = self._locked()
        if rule.paused_at is not None:
            rule.paused_at = None
            rule._start_over(at)
            record("rule.resumed", on=self, by=by, at=at)
        self.refresh_from_db()

    @transaction.atomic
    def settle(self, at: datetime | None = None) -> int:
        """Make every occurrence that is due, and tell people; how many were told.

        Safe to call at any time, from any number of processes: the row is locked, and an
        occurrence is made once.
        """
        return self._locked().settle_locked(at or timezone.now())

    def settle_locked(self, at: datetime) -> int:
        """`settle` for a row that the caller has locked."""
        before = at + INSTANT
        told = 0
        if self.next_due_at is not None and before > self.settled_until:
            dues, following = self.reminder_kind.timeline(self, self.settled_until, before)
            told = Occurrence.make(self, dues, at, following)
            self.settled_until = before
            self.failures = 0
        self._look_ahead()
        return told

    def put_off(self, at: datetime) -> None:
        """After a failure: try again in 5 minutes, then 10, up to 160.

        Nothing is lost by it: `settled_until` stays where it is.
        """
        self.failures = min(self.failures + 1, 6)
        self.next_due_at = at + timedelta(minutes=5 * 2 ** (self.failures - 1))
        self.save(update_fields=["failures", "next_due_at"])

    def _locked(self) -> Rule:
        return Rule.objects.select_for_update(of=("self",)).get(pk=self.pk)

    def _pay_what_it_owes(self, at: datetime) -> None:
        """Settle the rule as it stood before a change. One that cannot be settled may be mended."""
        try:
            with transaction.atomic():
                self.settle_locked(at)
        except Exception:
            log.exception("reminders.rule_failed", extra={"rule": self.pk})

    def _start_over(self, at: datetime, since: datetime | None = None) -> None:
        """Count a new version, take back what no longer stands, find the next time."""
        self.version += 1
        Occurrence.take_back(self, at)
        self.settled_until = max(self.settled_until, at) if since is None else since
        self._look_ahead()

    def _look_ahead(self) -> None:
        """Compute `next_due_at` and save."""
        self.next_due_at = (
            None if self.rests else self.reminder_kind.next_due(self, self.settled_until)
        )
        self.zone_rules = zone_rules()
        self.save()
