"""Prompts: the questions that a reflection answers. Sets are versioned and never changed in place,
so an entry keeps the questions it was written with."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.agencies.access import agencies_of
from portal.agencies.models import Agency, Dated, DatedQuerySet, Role
from portal.agencies.models.standing import roles_of
from portal.audit.events import record
from portal.people.models import User
from portal.practice.models import Skill
from portal.web.privacy import NONE, WORK
from reflections.shipped import spoken

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


Question = tuple[str, str]  # and its hint


class PromptSetQuerySet(DatedQuerySet["PromptSet"]):
    def offered_to(self, person: User, at: datetime | None = None) -> Self:
        """What the person may begin with now."""
        return self.ever_offered_to(person).current(at)

    def ever_offered_to(self, person: User) -> Self:
        """Also what was withdrawn. First what a page begins with unasked, Trellis's own for their
        role or for everybody: an agency that offers a set changes nobody's blank page. Then their
        agency's, then the rest of Trellis's."""
        order = models.Case(
            models.When(Q(agency=None) & ~Q(role=""), then=0),
            models.When(Q(agency=None, place=1), then=1),
            models.When(agency=None, then=4),
            models.When(role="", then=3),
            default=2,
        )
        return self.filter(
            Q(agency=None) | Q(agency__in=agencies_of(person)),
            Q(role="") | Q(role__in=roles_of(person)),
        ).order_by(order, "place", "name", "pk")

    def administered_by(self, person: User) -> Self:
        """What agencies whose admin the person is offer now: theirs to revise and withdraw."""
        return self.current().filter(agency__in=agencies_of(person, Role.ADMIN))


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
        "skill": NONE,
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
    skill = models.ForeignKey(
        Skill,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("about the skill"),
    )
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

    @property
    def spoken_name(self) -> str:
        """Its name in the reader's language; `name` is as it is stored."""
        return spoken(self.name)

    @transaction.atomic
    def ask(self, questions: Iterable[Question]) -> Self:
        """Give a new set its (question, hint) pairs, in this order."""
        self.prompts.bulk_create(
            Prompt(set=self, place=place, question=question, hint=hint)
            for place, (question, hint) in enumerate(questions, start=1)
        )
        return self

    @classmethod
    @transaction.atomic
    def offer(
        cls,
        agency: Agency,
        questions: Iterable[Question],
        *,
        key: uuid.UUID,
        by: User,
        at: datetime | None = None,
        **about: Any,
    ) -> "PromptSet":
        """A set of the agency's own: `about` has its name, and a role and skill if any.

        `key` is of the page that asks for it: sent twice, it makes one set.
        """
        at = at or timezone.now()
        made, fresh = cls.objects.get_or_create(
            agency=agency, slug=str(key), version=1, defaults={"since": at, **about}
        )
        if fresh:
            record("prompts.offered", on=made, by=by, at=at)
            made.ask(questions)
        return made

    @transaction.atomic
    def revise(
        self, questions: Iterable[Question], *, by: User, at: datetime | None = None, **about: Any
    ) -> "PromptSet":
        """Offer other questions, and what else `about` changes (name, role, skill), from now on;
        what was written stays as it is. The same again is no new version.

        Returns the version that is offered. Raises ValidationError with words when it is not
        offered any more: somebody revised or withdrew it in the meantime.
        """
        at = at or timezone.now()
        questions = list(questions)
        standing = PromptSet.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if standing.until is not None:
            raise ValidationError(_("These prompts were changed or withdrawn in the meantime."))
        same = all(getattr(standing, name) == value for name, value in about.items())
        if same and questions == list(self.prompts.values_list("question", "hint")):
            return self
        self.withdraw(by=by, at=at)
        given = {name: getattr(standing, name) for name in ("role", "skill", "name", "place")}
        following = PromptSet.objects.create(
            slug=self.slug, version=self.version + 1, agency=self.agency, since=at, **given | about
        )
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
        """The question in the reader's language; `question` is as it is stored."""
        return spoken(self.question)

    @property
    def spoken_hint(self) -> str:
        return spoken(self.hint)


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
