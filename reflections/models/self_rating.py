"""How an author rates a skill of their own, 1 to 5: a series of its own, beside what they wrote.

It is theirs like the entry that it was given with, and is never set beside observed scores: what
a person tells themselves would be worth nothing as soon as it were measured.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Self, cast

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people.models import User
from portal.practice.models import Skill
from portal.practice.vocabulary import name_of
from portal.web.privacy import JOURNAL, NONE, WORK
from reflections.wordless import wordlessly

if TYPE_CHECKING:
    from reflections.models.reflection import Reflection

LOWEST, HIGHEST = 1, 5
Rated = tuple[int, int]  # skill, value


class SelfRatingQuerySet(models.QuerySet["SelfRating"]):
    def by(self, person: User) -> Self:
        """The person's own, of entries that they kept, in the order of time. Nobody else sees
        one, whoever may read the entry."""
        from reflections.models.reflection import Reflection  # which holds these itself

        entries = Reflection.objects.by(person).kept().order_by()
        return self.filter(reflection__in=entries).order_by("at", "pk")


class SelfRating(models.Model):
    """One skill, rated with one entry."""

    privacy = {"id": NONE, "reflection": WORK, "skill": JOURNAL, "value": JOURNAL, "at": WORK}

    reflection = models.OneToOneField(
        "reflections.Reflection", on_delete=models.CASCADE, related_name="rating"
    )
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    objects = SelfRatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("self-rating")
        verbose_name_plural = _("self-ratings")
        constraints = [
            models.CheckConstraint(
                condition=Q(value__gte=LOWEST, value__lte=HIGHEST),
                name="reflections_selfrating_one_to_five",
                violation_error_message=_("Choose a number from 1 to 5."),
            )
        ]

    def __str__(self) -> str:
        return f"rating of reflection {self.reflection_id}"  # never its value


class Rating:
    """The verbs of a reflection that a skill is rated with."""

    @property
    def rated(self) -> Rated | None:
        """(skill, value) as it stands. No query where the entry was read with its rating."""
        entry = cast("Reflection", self)
        try:
            standing = entry.rating
        except SelfRating.DoesNotExist:
            return None
        return standing.skill_id, standing.value

    def rate(self, rated: Rated | None, *, at: datetime | None = None) -> None:
        """Rate a skill, or none. One query; twice is as once. A rating that is changed later
        keeps its place in the series. A skill that there is not counts as none."""
        entry = cast("Reflection", self)
        if rated is None or not name_of("skill", rated[0]):
            SelfRating.objects.filter(reflection=entry.pk).delete()
            entry._state.fields_cache["rating"] = None
            return
        skill, value = rated
        given = SelfRating(
            reflection_id=entry.pk, skill_id=skill, value=value, at=at or timezone.now()
        )
        wordlessly(
            lambda: SelfRating.objects.bulk_create(
                [given],
                update_conflicts=True,
                unique_fields=["reflection"],
                update_fields=["skill", "value"],
            )
        )
        entry._state.fields_cache["rating"] = given
