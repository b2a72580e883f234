"""An answer to a reflection. Each reader has a thread of their own with the author, which nobody
else reads."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people.models import User
from portal.web.privacy import JOURNAL, NONE, WORK
from reflections.models.share import Share

if TYPE_CHECKING:
    from reflections.models.reflection import Reflection

LONGEST = 10_000  # characters


class ResponseQuerySet(models.QuerySet["Response"]):
    def visible_to(self, person: User) -> Self:
        """The author's threads, and a reader's own as long as they may read the entry."""
        readable = Share.objects.reaching(person).values("reflection")
        return self.filter(Q(reflection__author=person) | Q(reader=person, reflection__in=readable))


class Response(models.Model):
    """One contribution to the thread between the author and `reader`, written by one of them."""

    privacy = {
        "id": NONE,
        "reflection": WORK,
        "reader": WORK,
        "by": WORK,
        "text": JOURNAL,
        "at": WORK,
    }

    reflection: "models.ForeignKey[Reflection, Reflection]" = models.ForeignKey(
        "reflections.Reflection", on_delete=models.CASCADE, related_name="responses"
    )
    reader = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("your answer"), max_length=LONGEST)
    at = models.DateTimeField(default=timezone.now)

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
