"""An answer to a reflection. Each reader has a thread of their own with the author, which nobody
else reads unless the author shares it."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people.models import User
from portal.web.privacy import JOURNAL, NONE, WORK
from reflections.models.share import Share
from reflections.models.thread_share import ThreadShare

if TYPE_CHECKING:
    from reflections.models.reflection import Reflection

LONGEST = 10_000  # characters


class ResponseQuerySet(models.QuerySet["Response"]):
    def visible_to(self, person: User) -> Self:
        """The author's threads, and a reader's own as long as they may read the entry, and those
        that its author lets them read."""
        reaching = Share.objects.reaching(person)
        shown = ThreadShare.objects.filter(
            share__in=reaching, share__reflection=OuterRef("reflection"), reader=OuterRef("reader")
        )
        return self.filter(
            Q(reflection__author=person, reflection__removal=None)
            | Q(reader=person, reflection__in=reaching.values("reflection"))
            | (Q(shareable=True) & Exists(shown))
        )


class Response(models.Model):
    """One contribution to the thread between the author and `reader`, written by one of them."""

    privacy = {
        "id": NONE,
        "reflection": WORK,
        "reader": WORK,
        "by": WORK,
        "text": JOURNAL,
        "at": WORK,
        "shareable": NONE,
    }

    reflection: "models.ForeignKey[Reflection, Reflection]" = models.ForeignKey(
        "reflections.Reflection", on_delete=models.CASCADE, related_name="responses"
    )
    reader = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("your answer"), max_length=LONGEST)
    at = models.DateTimeField(default=timezone.now)
    # Whoever wrote before the page said that the author may share an answer is read by the two
    # alone, for good.
    shareable = models.BooleanField(default=True, db_default=False, editable=False)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["reflection", "reader", "at"], name="reflections_response_thread")
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="reflections_response_has_words",
                violation_error_message=_("Write your answer first."),
            )
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"

    def get_absolute_url(self) -> str:
        entry = reverse("reflections:reflections.show", args=[self.reflection.key])
        return f"{entry}#response-{self.pk}"

    @property
    def is_from_the_author(self) -> bool:
        return self.by_id != self.reader_id
