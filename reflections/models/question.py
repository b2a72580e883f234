"""What an author asks the readers of an entry: "What would you have tried?"."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import JOURNAL, NONE, WORK
from reflections.models.answers import tidy
from reflections.wordless import wordlessly

if TYPE_CHECKING:
    from reflections.models.reflection import Reflection

LONGEST = 300  # characters
LONG_QUESTION = _("Shorten your question: it can be up to %(longest)s characters long.")


class QuestionQuerySet(models.QuerySet["Question"]):
    @transaction.atomic
    def ask(
        self, reflection: "Reflection", text: str, *, by: User, at: datetime | None = None
    ) -> None:
        """Put this question above the entry; no words take it away. The same twice is as once.

        Raises PermissionDenied when the entry is not `by`'s own.
        """
        if reflection.author_id != by.pk:
            raise PermissionDenied(_("Only the author asks something with a reflection."))
        text = tidy(text).strip()
        standing = self.select_for_update().filter(reflection=reflection)
        if [text] == (list(standing.values_list("text", flat=True)) or [""]):
            return
        if text:
            fields = {"text": text, "at": at or timezone.now()}
            wordlessly(lambda: self.update_or_create(fields, reflection=reflection))
        else:
            standing.delete()
        record("reflection.asked", on=reflection, by=by, at=at)


class Question(models.Model):
    """Stands above the entry for whoever reads it."""

    privacy = {"id": NONE, "reflection": WORK, "text": JOURNAL, "at": WORK}

    reflection: "models.OneToOneField[Reflection, Reflection]" = models.OneToOneField(
        "reflections.Reflection", on_delete=models.CASCADE, related_name="question"
    )
    text = models.CharField(_("what you ask your readers"), max_length=LONGEST)
    at = models.DateTimeField(default=timezone.now)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to readers")
        verbose_name_plural = _("questions to readers")
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="reflections_question_has_words",
                violation_error_message=_("Write your question first."),
            )
        ]

    def __str__(self) -> str:
        return f"question with {self.reflection_id}"  # never its words
