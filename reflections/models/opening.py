"""Who opened an entry, and when. The author sees it."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people.models import User
from portal.prepared import prepared
from portal.web.privacy import NONE, WORK

ONE_READING = timedelta(hours=1)  # reloads within it are the same opening


class Opening(models.Model):
    """One reader opened one entry at one time. Grows without end: keyed by `at`, pruned later."""

    privacy = {"id": NONE, "reflection": WORK, "reader": WORK, "at": WORK}

    reflection = models.ForeignKey(
        "reflections.Reflection", on_delete=models.CASCADE, related_name="openings"
    )
    reader = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("opening")
        verbose_name_plural = _("openings")
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["reflection", "reader", "-at"], name="reflections_opening_latest")
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} opened {self.reflection_id}"


@prepared
def opened_between(
    reflection: int, reader: int, after: datetime, until: datetime
) -> models.QuerySet[Opening]:
    """The reader's openings of the entry after one instant, until another."""
    theirs = Opening.objects.filter(reflection=reflection, reader=reader)
    return theirs.filter(at__gt=after, at__lte=until)[:1]
