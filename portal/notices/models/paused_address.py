"""An address that refused mail for good, or for days: nothing goes there until it is mended."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.notices.gathered import forget, known
from portal.notices.models.soft_bounce import SoftBounces
from portal.people.models import User
from portal.web.privacy import CONTACT, NONE, WORK


class PausedAddress(models.Model):
    """A person's address that a mail server said does not exist, or that took none for days.

    Sending on to it would make other servers take all our mail for spam. It holds for this
    address alone: another one of the person's is not paused. They end it by saying that the
    address works.
    """

    privacy = {
        "person": WORK,
        "address": CONTACT,
        "smtp_code": NONE,
        "since": WORK,
        "is_soft": WORK,
    }

    person = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="paused_address"
    )
    address = models.EmailField()
    smtp_code = models.PositiveSmallIntegerField(null=True)
    since = models.DateTimeField()
    is_soft = models.BooleanField(default=False, db_default=False)  # it may be full, or away

    class Meta:
        verbose_name = _("paused address")
        verbose_name_plural = _("paused addresses")

    def __str__(self) -> str:
        return f"{self.person_id} since {self.since:%Y-%m-%d}"

    @classmethod
    def pause(cls, person: User, *, code: int | None, at: datetime, is_soft: bool = False) -> None:
        """Send nothing more to the person's address."""
        about = {"address": person.email, "smtp_code": code, "since": at, "is_soft": is_soft}
        cls.objects.update_or_create(person=person, defaults=about)
        forget(person, cls)

    @classmethod
    def of(cls, person: User) -> PausedAddress | None:
        """The pause that holds for the address which the person has now."""
        rows = known(person, cls, lambda: list(cls.objects.filter(person=person)))
        return next((row for row in rows if row.address == person.email), None)

    @classmethod
    def resume(cls, person: User) -> None:
        """The address works, its owner says. The next mail shows whether it does."""
        cls.objects.filter(person=person).delete()
        SoftBounces.objects.filter(person=person).delete()
