"""How an entry stood before it was changed: its author can read it, and bring it back."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Self, cast

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people.models import User
from portal.web.privacy import JOURNAL, NONE, WORK
from reflections.models.answers import Answers, first_words
from reflections.models.fitted import fitted
from reflections.models.prompt import prompts_of
from reflections.models.removal import Removal
from reflections.wordless import wordlessly

if TYPE_CHECKING:
    from reflections.models.reflection import Reflection


class EarlierVersionQuerySet(models.QuerySet["Version"]):
    def by(self, person: User) -> Self:
        """Of the person's own entries, without those that they removed. Nobody else reads any: not
        who may read the entry, since it was shared as it stands."""
        removed = Removal.objects.filter(reflection=models.OuterRef("reflection"))
        return self.filter(~models.Exists(removed), reflection__author=person)

    def of(self, reflection: "Reflection") -> Self:
        """The latest first."""
        return self.filter(reflection=reflection).order_by("-at", "-pk")

    def keep_refused(
        self, reflection: "Reflection", answers: Answers, next_time: str, at: datetime | None = None
    ) -> None:
        """Keep a text that was not saved because another page had saved since: whatever becomes of
        the device that it was typed on, and whatever its author chooses. Twice the same is once."""
        said = {"answers": answers, "next_time": next_time}
        if self.filter(reflection=reflection, **said).exists():
            return
        when = at or timezone.now()
        wordlessly(lambda: self.create(reflection=reflection, at=when, is_refused=True, **said))
        # That there are versions at all is read there, with the entry.
        type(reflection).objects.filter(pk=reflection.pk).update(
            versioned_at=Coalesce(F("versioned_at"), when)
        )


class Version(models.Model):
    """One text that an entry had until it was changed, and when that was saved (`at`).

    The database itself writes it with the change (migrations/0010), so that no save forgets to and
    none has a query more: the first change after ten minutes, after keeping, on another page or
    device, and one that takes 200 characters away. `is_refused` marks a text that never stood,
    because another page had saved first. Grows without end: nothing points here and every question
    names the entry, so that the table can be cut by months of `at`. What goes: forgetting.py.
    """

    privacy = {
        "id": NONE,
        "reflection": WORK,
        "answers": JOURNAL,
        "next_time": JOURNAL,
        "at": WORK,
        "is_refused": WORK,
    }

    reflection: "models.ForeignKey[Reflection, Reflection]" = models.ForeignKey(
        "reflections.Reflection", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    answers = models.JSONField(default=dict)
    next_time = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    is_refused = models.BooleanField(default=False, db_default=False)

    objects = EarlierVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("earlier version of a reflection")
        verbose_name_plural = _("earlier versions of reflections")
        indexes = [models.Index(fields=["reflection", "-at"], name="reflections_version_latest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(answers={}) | ~Q(next_time=""),
                name="reflections_version_holds_text",
                violation_error_message=_("A version holds what was written."),
            )
        ]

    def __str__(self) -> str:
        return f"version {self.pk}"  # never its words

    @property
    def first_words(self) -> str:
        return first_words(self.answers) or self.next_time

    def answered(self) -> list[tuple[str, str]]:
        """(question, answer) under the prompts that the entry has now, without what was empty."""
        asked = prompts_of(self.reflection.prompt_set_id)
        texts = fitted(self.answers, [prompt.pk for prompt in asked])
        said = [(str(prompt), texts.get(str(prompt.pk), "")) for prompt in asked]
        return [(question, text) for question, text in said if text.strip()]


class Versioned:
    """The verb of an entry that has earlier versions."""

    def go_back_to(self, version: Version, *, at: datetime | None = None) -> None:
        """Let the entry say again what it said then. What it says now becomes a version, so that
        this too can be taken back. A commitment that was made stays.

        Raises Conflict when another page saved since the entry was read.
        """
        entry = cast("Reflection", self)
        next_time = entry.next_time if entry.commitment_id else version.next_time
        entry.save_draft(
            version.answers,
            version=entry.version,
            page=uuid.uuid4(),  # a page of its own: those that are open learn that it changed
            about={"next_time": next_time},
            at=at,
        )
