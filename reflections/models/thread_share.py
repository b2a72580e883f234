"""A thread that its author lets other readers of the entry read. No row: the two alone."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import NONE, WORK
from reflections.models.share import Share
from reflections.notices import ThreadShown

if TYPE_CHECKING:
    from reflections.models.reflection import Reflection


class ThreadShareQuerySet(models.QuerySet["ThreadShare"]):
    def of(self, reflection: "Reflection") -> "ThreadShareQuerySet":
        """Those of the entry's threads."""
        return self.filter(share__reflection=reflection)

    @transaction.atomic
    def show(
        self,
        reflection: "Reflection",
        reader: User,
        share: Share,
        *,
        by: User,
        at: datetime | None = None,
    ) -> "ThreadShare":
        """Let whom the entry is shared with by `share` read the thread between `reader` and its
        author; `reader` is told. Twice is as once.

        Raises PermissionDenied when the entry is not `by`'s own, ValidationError with words when
        there is no such thread or share.
        """
        at = at or timezone.now()
        if reflection.author_id != by.pk:
            raise PermissionDenied(_("Only the author decides who reads it."))
        if share.reflection_id != reflection.pk or share.person_id == reader.pk:
            raise ValidationError(_("Choose one of the other readers."))
        if not reflection.responses.filter(reader=reader).exists():
            raise ValidationError(_("There is no answer of theirs to share."))
        shown, fresh = self.get_or_create(reader=reader, share=share, defaults={"at": at})
        if fresh:
            record("reflection.thread_shared", on=reflection, by=by, at=at)
            ThreadShown.tell([reader], about=shown, due_at=at)
        return shown


class ThreadShare(models.Model):
    """One reader's thread is open to those of one share, and ends with it."""

    privacy = {"id": NONE, "reader": WORK, "share": WORK, "at": WORK}

    reader = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="threads")
    at = models.DateTimeField(default=timezone.now)

    objects = ThreadShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("shared thread")
        verbose_name_plural = _("shared threads")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "share"],
                name="reflections_threadshare_once",
                violation_error_message=_("They can read this thread already."),
            )
        ]

    def __str__(self) -> str:
        return f"thread of {self.reader_id} with {self.share_id}"

    @transaction.atomic
    def withdraw(self, *, by: User, at: datetime | None = None) -> None:
        """The two alone again, and whoever else it is shown to. What is gone stays gone."""
        if not type(self).objects.filter(pk=self.pk).exists():
            return
        ThreadShown.withdraw(about=self, at=at)
        record("reflection.thread_withdrawn", on=self.share.reflection, by=by, at=at)
        self.delete()
