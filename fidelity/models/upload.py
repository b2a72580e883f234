"""A file of scores that someone handed in: columns are named, it is checked, then stored or left.

Everything slow is a worker's. The file is kept until it is stored, or for a day; the row stays and
says what came of it.
"""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fidelity.models.instrument import Instrument
from fidelity.models.review import Review
from fidelity.models.source import Source
from portal.agencies.models import Agency
from portal.agencies.models.standing import agencies_of
from portal.people.models import User
from portal.web.privacy import CONTACT, NONE, WORK

KEPT_FOR = timedelta(days=1)
LEASE = timedelta(minutes=10)  # a worker that was killed over it: another may take it then


class UploadQuerySet(models.QuerySet["Upload"]):
    def administered_by(self, person: User) -> Self:
        """What an admin handed in themselves, and no colleague's."""
        return self.filter(by=person, agency__in=agencies_of(person, "admin"))

    def to_do(self, at: datetime | None = None) -> Self:
        """What waits for a worker: to be checked, or confirmed and to be stored."""
        at = at or timezone.now()
        waits = Q(mapped_at__isnull=False, checked_at=None) | Q(
            confirmed_at__isnull=False, stored_at=None
        )
        free = Q(claimed_at=None) | Q(claimed_at__lte=at - LEASE)
        return self.filter(waits & free).order_by("pk")

    def forgotten(self, at: datetime | None = None) -> Self:
        """What nobody said yes to within a day."""
        return self.filter(confirmed_at=None, expires_at__lte=at or timezone.now())


class Upload(models.Model):
    class Kind(models.TextChoices):
        PERCENTS = "percents", _("percent scores of people")
        CODES = "codes", _("codes of recorded conversations")

    privacy = {
        "id": NONE,
        "agency": WORK,
        "by": WORK,
        "kind": NONE,
        "name": CONTACT,
        "file": NONE,
        "lines": NONE,
        "columns": WORK,
        "found": CONTACT,
        "done": NONE,
        "uploaded_at": WORK,
        "expires_at": WORK,
        "mapped_at": WORK,
        "claimed_at": WORK,
        "checked_at": WORK,
        "confirmed_at": WORK,
        "stored_at": WORK,
    }

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("what is in it"), max_length=8, choices=Kind)
    name = models.CharField(_("file"), max_length=150)
    file = models.FileField(max_length=100, blank=True, upload_to="imports/%Y/%m")
    lines = models.PositiveIntegerField(default=0)
    columns = models.JSONField(default=dict, blank=True)  # fidelity.imports.columns.Columns
    found = models.JSONField(default=dict, blank=True)  # fidelity.imports.work: counts, problems
    done = models.PositiveIntegerField(default=0)  # lines, of what the worker does now
    uploaded_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    mapped_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    stored_at = models.DateTimeField(null=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("uploaded_at")),
                name="fidelity_upload_expires_after",
                violation_error_message=_("Keep the file until after it was handed in."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["percents", "codes"]),
                name="fidelity_upload_kind",
                violation_error_message=_("Choose what is in the file from the list."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(checked_at__isnull=False),
                name="fidelity_upload_checked_first",
                violation_error_message=_("Look at what changes before you import it."),
            ),
        ]

    def __str__(self) -> str:
        return f"upload {self.pk}"

    def get_absolute_url(self) -> str:
        verb = "show" if self.mapped_at else "edit"
        return reverse(f"fidelity:imports.{verb}", args=[self.pk])

    @property
    def problems(self) -> list[Any]:
        found: list[Any] = self.found.get("problems", [])
        return found

    @property
    def is_running(self) -> bool:
        """Whether a worker has it, or will."""
        if self.stored_at or not self.mapped_at:
            return False
        return self.checked_at is None or self.confirmed_at is not None

    def map(self, columns: dict[str, Any], *, at: datetime | None = None) -> None:
        """Say what the columns are; the worker checks the file by it. Anew where it was checked."""
        self.columns, self.found, self.done = columns, {}, 0
        self.mapped_at, self.checked_at, self.claimed_at = at or timezone.now(), None, None
        self.save(
            update_fields=["columns", "found", "done", "mapped_at", "checked_at", "claimed_at"]
        )

    def confirm(self, *, at: datetime | None = None) -> bool:
        """Let it be stored. False where it has problems, or is not checked; twice is as once."""
        if not self.checked_at or self.problems:
            return False
        waiting = Upload.objects.filter(pk=self.pk, confirmed_at=None)
        waiting.update(confirmed_at=at or timezone.now(), claimed_at=None, done=0)
        return True

    def forget_file(self) -> None:
        if self.file:
            self.file.delete(save=False)
            self.save(update_fields=["file"])


class Imported(models.Model):
    """Which row of which tool a review came from: by its key a second import knows it."""

    privacy = {
        "id": NONE,
        "review": WORK,
        "agency": WORK,
        "instrument": NONE,
        "source": NONE,
        "key": CONTACT,
        "digest": NONE,
    }

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="imported")
    # Both are the review's own, here for the key's sake: the review has the constraints.
    agency = models.ForeignKey(
        Agency, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    source = models.CharField(max_length=14, choices=Source)
    key = models.CharField(max_length=320)
    digest = models.CharField(max_length=32)  # of what the row said

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "instrument", "source", "key"],
                name="fidelity_imported_once",
                violation_error_message=_("This row is here already."),
            )
        ]

    def __str__(self) -> str:
        return f"imported {self.review_id}"
