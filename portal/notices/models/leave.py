"""Days on which a person is away: nothing is mailed, and nothing is asked of them."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.people.models import User
from portal.web.privacy import NONE, WORK


class LeaveQuerySet(models.QuerySet["Leave"]):
    def of(self, person: User) -> Self:
        """The person's own."""
        return self.filter(person=person)

    def not_over(self, today: date) -> Self:
        return self.filter(last_day__gte=today).order_by("first_day", "pk")


class Leave(models.Model):
    """From the first day to the last, both whole, on the person's own calendar."""

    privacy = {"id": NONE, "person": WORK, "first_day": WORK, "last_day": WORK}

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="leaves")
    first_day = models.DateField(_("first day away"))
    last_day = models.DateField(_("last day away"))

    objects = LeaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("leave")
        verbose_name_plural = _("leaves")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "first_day", "last_day"],
                name="notices_leave_once",
                violation_error_message=_("You have said so already."),
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="notices_leave_ends_after_start",
                violation_error_message=_("Choose a last day that is not before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} to {self.last_day}"
