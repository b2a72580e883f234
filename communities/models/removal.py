"""Taking back what was said: by its author, or by a host who says why. It can be put back for a
while, and then it is deleted."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.reach import is_hosted, is_joined, is_visible
from communities.models.said import SAID, Said
from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import FREE, NONE, WORK

if TYPE_CHECKING:
    from communities.models.community import Community

KEPT_FOR = timedelta(days=30)
REMOVAL = {"id": NONE, "of": WORK, "by": WORK, "at": WORK, "reason": FREE}
REMOVABLE = {**SAID, "edited_at": WORK}


def refuse_outsiders(community: "Community", person: User) -> None:
    """Raises ValidationError unless the person is a member of it, and it goes on."""
    if not community.is_joined_by(person) or community.is_closed:
        raise ValidationError(_("Choose a community that you belong to."))


class RemovableQuerySet(models.QuerySet[Any]):
    path = "community"  # from a row to its community

    def standing(self) -> Self:
        """What has not been removed. NOT EXISTS, since PostgreSQL reckons wrongly what an outer
        join without a match leaves, and then sorts 200,000 rows to show 15."""
        removals: Any = self.model._meta.get_field("removal").related_model
        return self.filter(~Exists(removals.objects.filter(of=OuterRef("pk"))))

    def visible_to(self, person: User) -> Self:
        """What stands in communities that the person sees, and their own that was removed there."""
        there = self.filter(is_visible(person, self.path))
        return there.filter(Q(removal=None) | Q(by=person))

    def editable_by(self, person: User) -> Self:
        """The person's own that stands, where they still belong."""
        return self.standing().filter(is_joined(person, self.path), by=person)

    def removable_by(self, person: User) -> Self:
        """The person's own, and all in communities that they run; removed or not."""
        own = Q(by=person) & is_joined(person, self.path)
        return self.filter(own | is_hosted(person, self.path))


class Removal(models.Model):
    """A thing was removed: by whom, when, and why when it was somebody else's."""

    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(_("why"), max_length=500, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.of_id} removed"  # type: ignore[attr-defined]  # each subclass has its own


class Removable(Said):
    """Something said in a community that can be taken back. Subclasses have a removal and name
    their noun for the record, and `told` tells its author of a host's removal."""

    noun: ClassVar[str]
    by_id: int | None
    community: "Community"

    edited_at = models.DateTimeField(null=True)

    class Meta(Said.Meta):
        abstract = True

    @classmethod
    def told(cls) -> Any:
        """The kind of notice about its removal by somebody else."""
        raise NotImplementedError

    @property
    def is_removed(self) -> bool:
        return hasattr(self, "removal")

    @property
    def is_taken_down(self) -> bool:
        """Whether somebody else than its author removed it."""
        return self.is_removed and cast(Any, self).removal.by_id != self.by_id

    @transaction.atomic
    def change(self, *, by: User, at: datetime | None = None, **words: Any) -> None:
        """Put it in other words; readers see that it was changed."""
        self.edited_at = at or timezone.now()
        for name, value in words.items():
            setattr(self, name, value)
        self.save(update_fields=[*words, "edited_at"])
        record(
            f"{self.noun}.changed", on=self, by=by, agency=self.community.agency, at=self.edited_at
        )

    @transaction.atomic
    def remove(self, *, by: User, reason: str = "", at: datetime | None = None) -> None:
        """Take it away from everyone; its author is told when somebody else does. Twice is as
        once.

        Raises ValidationError on `reason` when it is somebody else's and nobody says why.
        """
        at = at or timezone.now()
        takes_down = by.pk != self.by_id
        if takes_down and not reason.strip():
            raise ValidationError({"reason": _("Say why: whoever wrote it reads this.")})
        removals = cast(Any, type(self))._meta.get_field("removal").related_model._default_manager
        removal, fresh = removals.get_or_create(
            of=self, defaults={"by": by, "at": at, "reason": reason.strip() if takes_down else ""}
        )
        if fresh:
            kind = "taken_down" if takes_down else "removed"
            record(f"{self.noun}.{kind}", on=self, by=by, agency=self.community.agency, at=at)
            if takes_down and self.by_id:
                self.told().tell([cast(User, self.by)], about=removal, due_at=at)

    @transaction.atomic
    def put_back(self, *, by: User, at: datetime | None = None) -> None:
        """Undo a removal. What a host took down only a host puts back.

        Raises ValidationError when the author tries that.
        """
        at = at or timezone.now()
        if not self.is_removed:
            return
        if self.is_taken_down and not self.community.is_hosted_by(by):
            raise ValidationError(_("A host took it down. Only a host can put it back."))
        removal = cast(Any, self).removal
        self.told().withdraw(about=removal, at=at)
        removal.delete()
        record(f"{self.noun}.put_back", on=self, by=by, agency=self.community.agency, at=at)

    @classmethod
    def forget(cls, at: datetime | None = None) -> int:
        """Delete for good what was removed a while ago; how many."""
        before = (at or timezone.now()) - KEPT_FOR
        removed: Any = cls._default_manager  # each subclass has a removal
        gone = list(removed.filter(removal__at__lt=before))
        for thing in gone:
            thing.delete()
        return len(gone)
