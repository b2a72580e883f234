"""Mail that an address did not take for now, day after day."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.people.models import User
from portal.web.privacy import CONTACT, WORK

# As GNU Mailman has it from long use: whatever comes back on one day counts once, five such days
# are enough, and after a week in which nothing came back all is forgotten (bounce_score_threshold,
# bounce_info_stale_after). No count is reset by a mail that was handed off: the first server takes
# it, and the one behind it sends it back later.
ENOUGH = 5  # days
FORGOTTEN = timedelta(days=7)


class SoftBounces(models.Model):
    """On how many days mail to a person's address failed softly: a full mailbox, a server away.

    Apart from `PausedAddress`: what is soft must not stand in the way of what is hard.
    """

    privacy = {"person": WORK, "address": CONTACT, "days": WORK, "last_at": WORK}

    person = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="soft_bounces"
    )
    address = models.EmailField()
    days = models.PositiveSmallIntegerField()
    last_at = models.DateTimeField()

    class Meta:
        verbose_name = _("soft bounces of an address")
        verbose_name_plural = _("soft bounces of addresses")
        constraints = [
            models.CheckConstraint(
                condition=Q(days__range=(1, ENOUGH)), name="notices_softbounces_days"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.days} days"

    @classmethod
    @transaction.atomic
    def count(cls, person: User, at: datetime) -> bool:
        """One more for the address that the person has now; whether that is enough to pause it."""
        row, fresh = cls.objects.select_for_update().get_or_create(
            person=person, defaults={"address": person.email, "days": 1, "last_at": at}
        )
        if not fresh:
            if row.address != person.email or at - row.last_at > FORGOTTEN:
                row.days = 1
            elif at.date() > row.last_at.date():
                row.days = min(row.days + 1, ENOUGH)
            row.address, row.last_at = person.email, max(at, row.last_at)
            row.save(update_fields=["address", "days", "last_at"])
        return row.days >= ENOUGH
