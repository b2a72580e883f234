"""An uploaded roster that waits for a yes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.agencies.models.agency import Agency
from portal.agencies.models.standing import agencies_of
from portal.people.models import User
from portal.web.privacy import CONTACT, NONE, WORK

KEPT_FOR = timedelta(days=1)


class RosterQuerySet(models.QuerySet["Roster"]):
    def administered_by(self, person: User) -> Self:
        """What an admin uploaded themselves and has not answered; it is kept for a day."""
        mine = self.filter(by=person, agency__in=agencies_of(person, "admin"))
        return mine.filter(expires_at__gt=timezone.now(), confirmed_at=None)

    def waiting_of(self, person: User, agency: Agency) -> Self:
        """What a person uploaded there and what is not carried out yet, without the rows."""
        mine = self.filter(by=person, agency=agency, expires_at__gt=timezone.now())
        return mine.order_by("-uploaded_at").defer("rows", "not_read")

    def confirmed(self) -> Self:
        """What waits for a worker."""
        return self.exclude(confirmed_at=None)

    def expired(self, at: datetime | None = None) -> Self:
        return self.filter(expires_at__lte=at or timezone.now())


class Roster(models.Model):
    """The rows of a file that was read without problems. Carried out or not, it is then gone."""

    privacy = {
        "id": NONE,
        "agency": WORK,
        "by": WORK,
        "rows": CONTACT,
        "not_read": NONE,
        "uploaded_at": WORK,
        "expires_at": WORK,
        "confirmed_at": WORK,
    }

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="rosters")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    rows = models.JSONField()
    not_read = models.JSONField(default=list, blank=True)
    uploaded_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)  # a worker carries it out

    objects = RosterQuerySet.as_manager()

    class Meta:
        verbose_name = _("roster")
        verbose_name_plural = _("rosters")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("uploaded_at")),
                name="agencies_roster_expires_after_upload",
                violation_error_message=_("Keep the roster until after it was uploaded."),
            )
        ]

    def __str__(self) -> str:
        return f"roster of {self.agency_id}, {self.uploaded_at.astimezone(UTC):%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("agencies:rosters.show", args=[self.pk])


def kept(row: Any) -> list[Any]:
    """A row as JSON keeps it."""
    days = (day.isoformat() if day else None for day in (row.since, row.until))
    return [row.line, row.email, row.name, row.role, *days, row.supervisors, row.coaches]


def given_back(values: list[Any]) -> list[Any]:
    """What `kept` kept, as a row's arguments."""
    line, email, name, role, since, until, supervisors, coaches = values
    days = (date.fromisoformat(day) if day else None for day in (since, until))
    return [line, email, name, role, *days, tuple(supervisors), tuple(coaches)]
