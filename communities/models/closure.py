"""A community has done its work: it is closed, and can be opened again."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people.models import User
from portal.web.privacy import FREE, NONE, WORK

RESUMES = timedelta(days=30)  # a series that rested longer is planned anew: its hour has gone


class Closure(models.Model):
    """A community was closed: by whom, when and why. Opening it again takes the row away."""

    privacy = {"id": NONE, "community": WORK, "by": WORK, "at": WORK, "reason": FREE}

    community = models.OneToOneField(
        "communities.Community", on_delete=models.CASCADE, related_name="closure"
    )
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(_("why"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")

    def __str__(self) -> str:
        return f"{self.community} closed"

    def resumes_series(self, at: datetime | None = None) -> bool:
        """Whether the series that ended with it would go on, were it opened again."""
        return (at or timezone.now()) - self.at <= RESUMES
