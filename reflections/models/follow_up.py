"""A follow-up: a short entry on what came of a commitment. It links the entry that ended in the
commitment with the one that tells of it, and both stay their author's alone."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import Commitment
from portal.people.models import User
from portal.web.privacy import JOURNAL, NONE, WORK
from reflections.models.prompt import PromptSet
from reflections.models.reflection import Reflection

if TYPE_CHECKING:
    from collections.abc import Iterable

TWO_LINES = "follow-up"  # the set of prompts; nobody is offered it but here


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def links_of(self, person: User) -> "Iterable[tuple[int, int]]":
        """(commitment, entry) of all that the person followed up."""
        theirs = self.filter(commitment__person=person)
        return theirs.values_list("commitment", "reflection")

    @transaction.atomic
    def begin(self, commitment: Commitment, *, by: User, at: datetime | None = None) -> Reflection:
        """A draft of two lines about a commitment of `by`'s own. One that is begun goes on.

        Raises Commitment.DoesNotExist when it is another's.
        """
        at = at or timezone.now()
        # A double click waits for itself.
        commitment = by.commitments.select_for_update(of=("self",)).get(pk=commitment.pk)
        begun = Reflection.objects.by(by).drafts().filter(follow_up__commitment=commitment).first()
        if begun:
            return begun
        prompts = PromptSet.objects.get(slug=TWO_LINES, agency=None)
        entry = Reflection(author=by, prompt_set=prompts)
        entry.save_draft({}, version=0, at=at)
        self.create(reflection=entry, commitment=commitment, at=at)
        return entry


class FollowUp(models.Model):
    """One entry tells what came of one commitment."""

    # That an entry follows from a commitment says something of both.
    privacy = {"id": NONE, "reflection": WORK, "commitment": JOURNAL, "at": WORK}

    reflection = models.OneToOneField(
        Reflection, on_delete=models.CASCADE, related_name="follow_up"
    )
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")

    def __str__(self) -> str:
        return f"{self.reflection_id} follows {self.commitment_id}"
