"""One due time of a rule, made once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from portal.notices.models import Notice
from portal.notices.models.notice import NoticeQuerySet
from portal.recurrence.fields import WallTimeField
from portal.web.privacy import NONE, WORK

if TYPE_CHECKING:
    from portal.reminders.kinds import Due
    from portal.reminders.models.rule import Rule


INSTANT = timedelta(microseconds=1)  # the database's resolution


class Occurrence(models.Model):
    """What became of one due time: whom it told, or why it told nobody.

    Unique by rule, version and wall time: any number of ticks make it once.
    """

    class Outcome(models.TextChoices):
        TOLD = "told", _("people were told")
        NOTHING = "nothing", _("there was nothing to remind of")
        LATE = "late", _("it would have come too late")
        COALESCED = "coalesced", _("a later one of the same rule stood for it")

    privacy = {
        "id": NONE,
        "rule": NONE,
        "version": NONE,
        "wall": WORK,
        "starts_at": WORK,
        "due_at": WORK,
        "subject_type": WORK,
        "subject_id": WORK,
        "outcome": WORK,
        "told": WORK,
        "made_at": WORK,
        "expires_at": WORK,
    }

    rule = models.ForeignKey("Rule", on_delete=models.CASCADE, related_name="occurrences")
    version = models.PositiveIntegerField()
    wall = WallTimeField()  # the occurrence's own time: identifies it
    starts_at = models.DateTimeField()  # the instant of the thing itself
    due_at = models.DateTimeField()  # the instant of the reminder
    expires_at = models.DateTimeField(null=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome)
    told = models.PositiveIntegerField(default=0)  # people
    made_at = models.DateTimeField()

    following: datetime | None = None  # when the rule comes due next, once that is known

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "version", "wall"], name="reminders_occurrence_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["told", "nothing", "late", "coalesced"]),
                name="reminders_occurrence_outcome",
            ),
            models.CheckConstraint(
                condition=Q(outcome="told") | Q(told=0), name="reminders_occurrence_told_whom"
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="reminders_occurrence_due_at")]

    def __str__(self) -> str:
        return f"{self.rule_id} at {self.wall:%Y-%m-%d %H:%M}"

    @classmethod
    def make(
        cls, rule: Rule, dues: Sequence[Due], at: datetime, next_due: Due | None = None
    ) -> int:
        """Make what came due, and tell people of the last that is still of use; how many.

        After an outage people hear once, not once for each time that went by.
        """
        made = cls.weigh(rule, dues, at, next_due)
        told = 0
        spoken = False
        for occurrence in made:
            if not occurrence.is_open:
                continue
            if spoken:
                occurrence.outcome = cls.Outcome.COALESCED
            else:
                occurrence._tell()
                told += occurrence.told
                spoken = occurrence.outcome == cls.Outcome.TOLD
        Occurrence.objects.bulk_create(made, ignore_conflicts=True)
        return told

    @classmethod
    def weigh(
        cls, rule: Rule, dues: Sequence[Due], at: datetime, next_due: Due | None = None
    ) -> list[Occurrence]:
        """What came due, the latest first, not yet made: too late to be of use, or open.

        `next_due` is what follows the last, if the caller knows.
        """
        kind = rule.reminder_kind
        made: list[Occurrence] = []
        following = next_due
        for due in reversed(dues):
            occurrence = Occurrence(
                rule=rule,
                version=rule.version,
                wall=due.wall,
                starts_at=due.starts_at,
                due_at=due.due_at,
                made_at=at,
            )
            if following is not None and following.due_at > due.due_at:
                occurrence.following = following.due_at
            occurrence.expires_at = kind.expires_at(rule, occurrence)
            if occurrence.expires_at is not None and occurrence.expires_at <= at:
                occurrence.outcome = cls.Outcome.LATE
            made.append(occurrence)
            following = due
        return made

    @classmethod
    def take_back(cls, rule: Rule, at: datetime) -> None:
        """After a change, withdraw what is unsent and unread of times that no longer stand.

        Times that stand as they were pass to the rule's new version.
        """
        useful = Q(expires_at=None) | Q(expires_at__gt=at)
        made = list(Occurrence.objects.filter(useful, rule=rule, outcome=cls.Outcome.TOLD))
        standing = set()
        if made and not rule.rests:
            first, last = min(o.due_at for o in made), max(o.due_at for o in made)
            standing = {
                (due.wall, due.starts_at, due.due_at)
                for due in rule.reminder_kind.occurrences(rule, first, last + INSTANT)
            }
        for occurrence in made:
            if (occurrence.wall, occurrence.starts_at, occurrence.due_at) in standing:
                occurrence.version = rule.version
                occurrence.save(update_fields=["version"])
            else:
                occurrence._notices().unsent().take_back(at)

    @property
    def is_open(self) -> bool:
        """Whether nothing has become of it yet."""
        return not self.outcome

    def tells_of(self, subject: Model | None) -> None:
        """What it is about; None when there is nothing to remind of after all."""
        if subject is None:
            self.outcome = self.Outcome.NOTHING
            return
        self.outcome = self.Outcome.TOLD
        self.subject_type, self.subject_id = subject._meta.label_lower, subject.pk

    def tell(self, subject: Model) -> None:
        """Tell its audience, one rule at a time."""
        kind = self.rule.reminder_kind
        self.told = kind.notice.tell(
            kind.audience(self.rule, self).exclude(pk__in=self._told_before()),
            about=subject,
            due_at=self.due_at,
            expires_at=self.expires_at,
        )

    def _tell(self) -> None:
        subject = self.rule.reminder_kind.subject(self.rule, self)
        self.tells_of(subject)
        if subject is not None:
            self.tell(subject)

    def _told_before(self) -> list[int]:
        """Who heard of this very time from an earlier version of the rule."""
        earlier = Occurrence.objects.filter(
            rule=self.rule_id,
            wall=self.wall,
            starts_at=self.starts_at,
            version__lt=self.version,
            told__gt=0,
        )
        return [
            person
            for occurrence in earlier
            for person in occurrence._notices().values_list("recipient_id", flat=True)
        ]

    def _notices(self) -> NoticeQuerySet:
        """The standing notices that this occurrence wrote."""
        found: NoticeQuerySet = Notice.objects.standing().filter(
            kind=self.rule.reminder_kind.notice.kind,
            subject_type=self.subject_type,
            subject_id=self.subject_id or 0,
            due_at=self.due_at,
        )
        return found
