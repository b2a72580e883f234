"""Taking an entry away: out of everybody's sight at once, deleted a month later. Until then its
author can bring it back."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self, cast

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import NONE, WORK
from reflections.notices import ReaderLeft, ReflectionAnswered

if TYPE_CHECKING:
    from reflections.models.reflection import Reflection

KEPT_FOR = timedelta(days=30)


class Removal(models.Model):
    """Its author removed an entry. No row, not removed: bringing it back deletes the row."""

    privacy = {"id": NONE, "reflection": WORK, "at": WORK}

    reflection: "models.OneToOneField[Reflection, Reflection]" = models.OneToOneField(
        "reflections.Reflection", on_delete=models.CASCADE, related_name="removal"
    )
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("removal")
        verbose_name_plural = _("removals")

    def __str__(self) -> str:
        return f"{self.reflection_id} removed"

    @property
    def goes_at(self) -> datetime:
        """When it is deleted for good, unless a hold keeps it longer."""
        return self.at + KEPT_FOR


class RemovableQuerySet(models.QuerySet["Reflection"]):
    def standing(self) -> Self:
        """What has not been removed."""
        return self.filter(~Exists(Removal.objects.filter(reflection=OuterRef("pk"))))

    def removed_by(self, person: User) -> Self:
        """What the person removed and may bring back, the latest first."""
        removed = self.filter(author=person, removal__isnull=False).select_related("removal")
        return removed.order_by(F("removal__at").desc(), "-pk")


class Removable:
    """The verbs of an entry that its author can take away, and bring back."""

    @property
    def is_removed(self) -> bool:
        return hasattr(self, "removal")

    @transaction.atomic
    def remove(self, *, by: User, at: datetime | None = None) -> None:
        """Take it out of everybody's sight; in a month it is deleted. Twice is as once.

        The commitment stays the author's. Raises PermissionDenied if it is not `by`'s own.
        """
        entry = cast("Reflection", self)._own(by)
        at = at or timezone.now()
        list(type(entry).objects.select_for_update(of=("self",)).filter(pk=entry.pk).values("pk"))
        _removal, fresh = Removal.objects.get_or_create(reflection=entry, defaults={"at": at})
        if fresh:
            _close(entry, by, at)
            record("reflection.removed", on=entry, by=by, at=at)

    @transaction.atomic
    def bring_back(self, *, by: User, at: datetime | None = None) -> None:
        """Undo the removal. It comes back to its author alone: who read it before reads it only
        when it is shared again. Twice is as once; PermissionDenied if it is not `by`'s own."""
        entry = cast("Reflection", self)._own(by)
        at = at or timezone.now()
        gone, _by_model = Removal.objects.filter(reflection=entry).delete()
        if gone:
            entry._state.fields_cache.pop("removal", None)
            _close(entry, by, at)  # what was shared at the very moment of the removal, too
            record("reflection.brought_back", on=entry, by=by, at=at)


def _close(entry: "Reflection", by: User, at: datetime) -> None:
    """End its shares, and take back what anybody was to be told of it and has not been."""
    for share in entry.shares.select_related("reflection", "person"):
        share.withdraw(by=by, at=at)
    for response in entry.responses.all():
        ReflectionAnswered.withdraw(about=response, at=at)
    ReaderLeft.withdraw(about=entry, at=at)
