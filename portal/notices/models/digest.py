"""Many notices in one mail, at an hour that a person chose."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.notices.models.category import Category, Channel
from portal.notices.models.delivery import Delivery, Reason, State
from portal.notices.models.notice import Notice
from portal.people.models import User
from portal.recurrence import Recurrence
from portal.recurrence.parts import DAYS
from portal.web.privacy import NONE, WORK

LONG_AGO = date(2020, 1, 6)  # a Monday, to count weeks from


class Digest(models.Model):
    """That a person wants some categories in one mail, every day or once a week. No row: each by
    itself. `next_at` is computed ahead on the clock that they live by."""

    privacy = {
        "person": WORK,
        "weekday": WORK,
        "local_time": WORK,
        "categories": WORK,
        "sent_until": NONE,
        "next_at": NONE,
    }

    person = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="digest"
    )
    weekday = models.PositiveSmallIntegerField(null=True)  # 0 for Monday; None: every day
    local_time = models.TimeField(default=time(8))
    categories = ArrayField(models.CharField(max_length=20, choices=Category), default=list)
    sent_until = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField()

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday=None) | Q(weekday__lte=6),
                name="notices_digest_weekday",
                violation_error_message=_("Choose a day of the week."),
            )
        ]
        indexes = [models.Index(fields=["next_at"], name="notices_digest_next")]

    def __str__(self) -> str:
        return f"digest of {self.person_id}"

    @classmethod
    @transaction.atomic
    def choose(
        cls,
        person: User,
        *,
        categories: list[str],
        weekday: int | None,
        local_time: time,
        at: datetime | None = None,
    ) -> Digest:
        """Begin one, or change it. What waits for it goes with the next."""
        at = at or timezone.now()
        held = cls.objects.select_for_update().filter(person=person).first()
        digest = held or cls(person=person, sent_until=at)
        digest.weekday, digest.local_time, digest.categories = weekday, local_time, categories
        digest.next_at = digest.after(at)
        digest.save()
        return digest

    @classmethod
    @transaction.atomic
    def stop(cls, person: User, *, at: datetime | None = None) -> None:
        """Each by itself again. What waited goes at once, in a last one."""
        digest = cls.objects.select_for_update().filter(person=person).first()
        if digest is not None:
            digest.issue(at or timezone.now())
            digest.delete()

    def after(self, at: datetime) -> datetime:
        """When the next one goes, later than `at`: by the wall, so that the hour stays."""
        rule = (
            f"FREQ=WEEKLY;BYDAY={DAYS[self.weekday]}" if self.weekday is not None else "FREQ=DAILY"
        )
        starts = datetime.combine(LONG_AGO, self.local_time)
        return Recurrence(rule, starts, self.person.time_zone).following(at, 1)[0].at

    def takes(self, category: str, expires_at: datetime | None) -> bool:
        """Whether such a notice waits for it: not one that would be of no use by then."""
        in_time = expires_at is None or expires_at > self.next_at
        return str(category) in self.categories and in_time

    def issue(self, at: datetime) -> Issue | None:
        """Tell the person of what waited; None when nothing did. The caller has locked the row."""
        from portal.notices.notices import DigestMail  # kinds know models

        issue = Issue(person=self.person, since=self.sent_until, until=at)
        self.sent_until, self.next_at = at, self.after(at)
        self.save(update_fields=["sent_until", "next_at"])
        if not issue.notices().exists():
            return None
        issue.save()
        DigestMail.tell([self.person], about=issue, due_at=at)
        return issue

    @classmethod
    def issue_due(cls, at: datetime | None = None, most: int = 500) -> int:
        """Issue those whose hour has come; how many had something to say. Any number may run at
        once."""
        at = at or timezone.now()
        due = cls.objects.filter(next_at__lte=at, person__is_active=True).order_by("next_at")
        issued = 0
        with transaction.atomic():
            rows = due.select_for_update(skip_locked=True, of=("self",)).select_related("person")
            for digest in rows[:most]:
                issued += digest.issue(at) is not None
        return issued


class Issue(models.Model):
    """One digest that went: what a person was to be told between two instants. No words: they are
    read from the notices, as far as those still stand and are unread."""

    privacy = {"id": NONE, "person": WORK, "since": WORK, "until": WORK}

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        verbose_name = _("digest that went")
        verbose_name_plural = _("digests that went")
        constraints = [
            models.UniqueConstraint(fields=["person", "until"], name="notices_issue_once"),
        ]

    def __str__(self) -> str:
        return f"digest of {self.person_id} until {self.until:%Y-%m-%d}"

    def notices(self) -> Any:
        """What waited for it and is unread, the oldest first."""
        waited = Delivery.objects.filter(
            channel=Channel.MAIL,
            state=State.SUPPRESSED,
            reason=Reason.DIGEST,
            settled_at__gte=self.since,
            settled_at__lt=self.until,
            notice__recipient=self.person_id,
        )
        unread = Notice.objects.standing().unread().filter(recipient=self.person_id)
        return unread.filter(pk__in=waited.values("notice")).order_by("due_at", "pk")
