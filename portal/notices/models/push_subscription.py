"""A browser that may show a person's notices."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.notices.gathered import known
from portal.notices.push_encryption import Recipient
from portal.people.models import User
from portal.web.privacy import CONTACT, NONE, WORK

MOST = 10  # of one person: the one that was heard of longest ago makes room
A_DAY = timedelta(days=1)


class PushSubscriptionQuerySet(models.QuerySet["PushSubscription"]):
    def held_by(self, person: User) -> Self:
        """Theirs, the newest first."""
        return self.filter(person=person).order_by("-created_at", "-pk")


class PushSubscription(models.Model):
    """Where a browser said that notices for it are to be posted, and how to encrypt them for it.

    A browser has one, whoever uses it: it belongs to who asked last. It goes when its push service
    says that it is gone; signing out does that, since it clears what the browser keeps of us.
    """

    privacy = {
        "id": NONE,
        "person": WORK,
        "endpoint": CONTACT,
        "p256dh": CONTACT,
        "auth": CONTACT,
        "device": WORK,
        "created_at": WORK,
        "last_ok_at": WORK,
    }

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="push_subscriptions")
    endpoint = models.CharField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    device = models.CharField(max_length=80)  # what its person calls it
    created_at = models.DateTimeField(default=timezone.now)
    last_ok_at = models.DateTimeField(null=True)  # to a day: when its service last took one

    objects = PushSubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("browser that shows notices")
        verbose_name_plural = _("browsers that show notices")
        constraints = [
            models.CheckConstraint(
                condition=~Q(endpoint="") & ~Q(p256dh="") & ~Q(auth=""),
                name="notices_pushsubscription_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.device} of {self.person_id}"

    @classmethod
    def of(cls, person: User) -> list[PushSubscription]:
        return known(person, cls, lambda: list(cls.objects.filter(person=person)))

    @classmethod
    @transaction.atomic
    def keep(
        cls, person: User, *, endpoint: str, p256dh: str, auth: str, device: str
    ) -> PushSubscription:
        """The browser may show the person's notices from now on."""
        given = {"person": person, "p256dh": p256dh, "auth": auth, "device": device}
        kept, _fresh = cls.objects.update_or_create(
            endpoint=endpoint, defaults=given | {"created_at": timezone.now(), "last_ok_at": None}
        )
        older = cls.objects.held_by(person).values("pk")[MOST:]
        cls.objects.filter(pk__in=[row["pk"] for row in older]).delete()
        return kept

    @property
    def recipient(self) -> Recipient:
        return Recipient(self.p256dh, self.auth)

    def took(self, at: datetime) -> None:
        """Its service took a notice. Noted once a day: it is for its person to look at."""
        if self.last_ok_at is None or at - self.last_ok_at > A_DAY:
            self.last_ok_at = at
            self.save(update_fields=["last_ok_at"])

    def forget(self) -> None:
        """Nobody is there any more."""
        PushSubscription.objects.filter(pk=self.pk).delete()
