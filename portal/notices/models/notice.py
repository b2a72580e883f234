"""A notice: what someone is to be told about a thing, once."""

from datetime import datetime
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from portal.people.models import User
from portal.prepared import prepared
from portal.web.privacy import NONE, WORK

DIGEST = "notices.digest"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, person: User) -> Self:
        """What the person has been told, and wants to find here: due, and not taken back."""
        return self.told(person.pk, timezone.now())

    def told(self, person: int, at: datetime) -> Self:
        """What the person of this id had been told at an instant."""
        awake = Q(snoozed_until=None) | Q(snoozed_until__lte=at)
        told = self.filter(
            awake, recipient=person, withdrawn_at=None, due_at__lte=at, in_portal=True
        )
        return told.exclude(kind=DIGEST)  # what is in it is listed already

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def read_all(self, at: datetime | None = None) -> int:
        """The reader has seen these; how many were new."""
        return self.unread().update(read_at=at or timezone.now())

    def standing(self) -> Self:
        """What has not been taken back."""
        return self.filter(withdrawn_at=None)

    def unsent(self) -> Self:
        """What nobody has read, and no channel has carried or is carrying."""
        return self.filter(read_at=None).exclude(
            deliveries__state__in=["claimed", "handed_off", "bounced"]
        )

    def take_back(self, at: datetime | None = None) -> int:
        """Withdraw these notices, and what of them waits to go; how many notices."""
        at = at or timezone.now()
        withdrawn = list(self.values_list("pk", flat=True))
        deliveries: Any = self.model._meta.get_field("deliveries").related_model
        deliveries.objects.filter(notice__in=withdrawn, state="planned").update(
            state="cancelled", reason="withdrawn", next_try_at=None, settled_at=at
        )
        return self.model._default_manager.filter(pk__in=withdrawn).update(withdrawn_at=at)


@prepared
def _unread(person: int, at: datetime) -> models.QuerySet[Any, int]:
    unread = Notice.objects.told(person, at).unread()
    return unread.values("recipient").annotate(n=models.Count("pk")).values_list("n", flat=True)


def unread_of(person: User) -> int:
    """How many notices the person has not read: every page's bell."""
    return sum(_unread(person.pk, timezone.now()))


class Notice(models.Model):
    """One row says that `recipient` is told `kind` about a subject at `due_at`.

    Unique on those four: the key is what makes "never twice" true. It holds no words; the kind
    renders them from the subject when they are read or sent.
    """

    privacy = {
        "id": NONE,
        "kind": WORK,
        "subject_type": WORK,
        "subject_id": WORK,
        "recipient": WORK,
        "due_at": WORK,
        "expires_at": WORK,
        "created_at": WORK,
        "read_at": WORK,
        "withdrawn_at": WORK,
        "snoozed_until": WORK,
        "in_portal": WORK,
    }

    kind = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    recipient = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)  # of no use after this
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)  # out of sight until then, and then new again

    in_portal = models.BooleanField(default=True, db_default=True)  # its reader wants it listed

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id", "recipient", "due_at"],
                name="notices_notice_once",
            ),
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(expires_at__gte=models.F("due_at")),
                name="notices_notice_expires_after_due",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-due_at"], name="notices_notice_recipient"),
            models.Index(fields=["subject_type", "subject_id"], name="notices_notice_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.recipient_id}"

    @transaction.atomic
    def snooze(self, until: datetime) -> None:
        """Out of sight until then, and then new again; a mail that waits, waits until then."""
        self.snoozed_until, self.read_at = until, None
        self.save(update_fields=["snoozed_until", "read_at"])
        waiting: Any = self.__class__._meta.get_field("deliveries").related_model
        planned = waiting.objects.filter(notice=self, state="planned", next_try_at__lt=until)
        planned.update(next_try_at=until)

    def read(self, at: datetime | None = None) -> None:
        """Its reader has seen it. Seeing it again changes nothing."""
        if self.read_at is None:
            self.read_at = at or timezone.now()
            self.save(update_fields=["read_at"])
