"""Prompts: the questions that a reflection answers. Sets are versioned and never changed in place,
so an entry keeps the questions it was written with."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.agencies.access import positions_of
from portal.agencies.models import Agency, Dated, DatedQuerySet, Role
from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import NONE, WORK

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class PromptSetQuerySet(DatedQuerySet["PromptSet"]):
    def offered_to(self, person: User, at: datetime | None = None) -> Self:
        """What the person may begin with now."""
        return self.ever_offered_to(person).current(at)

    def ever_offered_to(self, person: User) -> Self:
        """Also what was withdrawn. The most fitting first: a set for their role before one for
        everybody, their agency's before Trellis's own."""
        positions = positions_of(person)
        theirs = models.Case(models.When(role="", then=1), default=0)
        return self.filter(
            Q(agency=None) | Q(agency__in={position.agency_id for position in positions}),
            Q(role="") | Q(role__in={position.role for position in positions}),
        ).order_by(theirs, F("agency").asc(nulls_last=True), "place", "pk")


class PromptSet(Dated):
    """One version of a set of prompts, offered from `since` until `until`.

    Versions share a slug. A set without an agency came with Trellis.
    """

    privacy = {
        "id": NONE,
        "slug": NONE,
        "version": NONE,
        "agency": WORK,
        "role": NONE,
        "name": NONE,
        "place": NONE,
        "since": NONE,
        "until": NONE,
    }
    prompts: "RelatedManager[Prompt]"

    slug = models.SlugField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    agency = models.ForeignKey(
        Agency, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    role = models.CharField(_("for the role"), max_length=20, blank=True, choices=Role)
    name = models.CharField(_("name"), max_length=80)
    place = models.PositiveSmallIntegerField(default=1)

    objects = PromptSetQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("set of prompts")
        verbose_name_plural = _("sets of prompts")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(role__in=["", *Role.values]),
                name="reflections_promptset_role",
                violation_error_message=_("Choose one of the roles, or none for everybody."),
            ),
            models.UniqueConstraint(
                fields=["agency", "slug", "version"],
                nulls_distinct=False,
                name="reflections_promptset_version_once",
                violation_error_message=_("This version of the set is there already."),
            ),
            models.UniqueConstraint(
                fields=["agency", "slug"],
                condition=Q(until=None),
                nulls_distinct=False,
                name="reflections_promptset_one_offered",
                violation_error_message=_("End the version that is offered before the next."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    @transaction.atomic
    def ask(self, questions: Iterable[tuple[str, str]]) -> Self:
        """Give a new set its (question, hint) pairs, in this order."""
        self.prompts.bulk_create(
            Prompt(set=self, place=place, question=question, hint=hint)
            for place, (question, hint) in enumerate(questions, start=1)
        )
        return self

    @transaction.atomic
    def revise(
        self, questions: Iterable[tuple[str, str]], *, by: User, at: datetime | None = None
    ) -> "PromptSet":
        """Offer other questions under the same name from now on; what was written stays as it is.

        Returns the new version.
        """
        at = at or timezone.now()
        self.withdraw(by=by, at=at)
        following = PromptSet.objects.create(
            slug=self.slug, version=self.version + 1, agency=self.agency, role=self.role,
            name=self.name, place=self.place, since=at,
        )  # fmt: skip
        record("prompts.revised", on=following, by=by, at=at)
        return following.ask(questions)

    @transaction.atomic
    def withdraw(self, *, by: User, at: datetime | None = None) -> None:
        """Offer it no more. Drafts that began with it are finished with it. Twice is as once."""
        at = at or timezone.now()
        if self.until is None:
            self.until = at
            self.save(update_fields=["until"])
            record("prompts.withdrawn", on=self, by=by, at=at)


class Prompt(models.Model):
    """One question of a set, and a hint that helps to begin."""

    privacy = {"id": NONE, "set": NONE, "place": NONE, "question": NONE, "hint": NONE}

    set = models.ForeignKey(PromptSet, on_delete=models.CASCADE, related_name="prompts")
    place = models.PositiveSmallIntegerField()
    question = models.CharField(_("question"), max_length=160)
    hint = models.CharField(_("hint"), max_length=240, blank=True)

    class Meta:
        verbose_name = _("prompt")
        verbose_name_plural = _("prompts")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(
                fields=["set", "place"],
                name="reflections_prompt_place_once",
                violation_error_message=_("Another prompt has this place already."),
            )
        ]

    def __str__(self) -> str:
        return self.question


_asked: dict[int, tuple[Prompt, ...]] = {}


def prompts_of(prompt_set: int) -> tuple[Prompt, ...]:
    """What the set with this id asks, in its order; read once a process.

    A set is never changed once it asks something, and its id is never given to another.
    """
    asked = _asked.get(prompt_set)
    if asked is None:
        asked = tuple(Prompt.objects.filter(set=prompt_set))
        if asked:  # a set that was only just made may be given its questions yet
            _asked[prompt_set] = asked
    return asked
