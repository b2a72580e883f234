"""That something which should run again and again still does."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from portal.web.privacy import NONE

# After how long without a sign of life each counts as stuck: two of its intervals, and as long as a
# worker may be busy with something else.
SILENCE = {
    "tick": timedelta(seconds=75),
    "sweep": timedelta(minutes=3),
    "worker": timedelta(minutes=3),
}


def is_silent(name: str, age: timedelta | None) -> bool:
    """Whether what was last alive so long ago (None: never) counts as stuck."""
    return age is None or age > SILENCE[name]


class Heartbeat(models.Model):
    """One row for each of "tick", "sweep" and "worker": when it was last alive."""

    privacy = {"name": NONE, "at": NONE}

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M:%S}Z"

    @classmethod
    def beat(cls, name: str, at: datetime | None = None) -> None:
        """Say that `name` is alive: one statement, in a transaction of the caller's or none."""
        Heartbeat.objects.bulk_create(
            [Heartbeat(name=name, at=at or timezone.now())],
            update_conflicts=True,
            unique_fields=["name"],
            update_fields=["at"],
        )

    @classmethod
    def age(cls, name: str, at: datetime | None = None) -> timedelta | None:
        """How long ago `name` was last alive; None if it never was."""
        last = cls.objects.filter(name=name).values_list("at", flat=True).first()
        return None if last is None else (at or timezone.now()) - last

    @classmethod
    def is_stuck(cls, name: str, at: datetime | None = None) -> bool:
        """Whether `name` has been silent for too long, or was never heard."""
        return is_silent(name, cls.age(name, at))
