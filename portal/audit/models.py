"""Who did what to which thing, and when. Ids and kinds only: no text, no foreign key, so that
nothing is held back from deletion and nothing private is kept twice."""

from django.db import models

from portal.web.privacy import NONE, WORK


class Entry(models.Model):
    """One thing that happened, in the past tense under its noun: `session.cancelled`."""

    privacy = {
        "id": NONE,
        "kind": WORK,
        "subject_type": WORK,
        "subject_id": WORK,
        "actor_id": WORK,
        "agency_id": WORK,
        "at": WORK,
    }

    kind = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    actor_id = models.BigIntegerField(null=True)  # nobody: the system did it
    agency_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "at"], name="audit_entry_subject"),
            models.Index(fields=["agency_id", "at"], name="audit_entry_agency"),
        ]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type} {self.subject_id}"
