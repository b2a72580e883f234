"""What someone says to others: by whom, when, and only once however often the button is pressed."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people.models import User
from portal.practice.models import Phase, Principle, Skill
from portal.practice.vocabulary import KINDS, name_of
from portal.web.privacy import NONE, WORK

SAID = {"id": NONE, "key": NONE, "by": WORK, "at": WORK}
ABOUT = {"principle": NONE, "phase": NONE, "skill": NONE}


class Said(models.Model):
    """A form brings its `key`: the same one again from the same person is the same thing."""

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    # The constraint's index begins with it.
    by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["by", "key"], name="%(app_label)s_%(class)s_said_once")
        ]

    @classmethod
    def say(cls, *, by: User, key: uuid.UUID | None, **fields: Any) -> tuple[Self, bool]:
        """The row for this key, and whether it is new."""
        return cls._default_manager.get_or_create(by=by, key=key or uuid.uuid4(), defaults=fields)


class About(models.Model):
    """At most one principle, one phase and one skill: enough to find it by."""

    principle_id: int | None
    phase_id: int | None
    skill_id: int | None

    principle = models.ForeignKey(
        Principle, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("principle"),
    )  # fmt: skip
    phase = models.ForeignKey(
        Phase, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("phase"),
    )  # fmt: skip
    skill = models.ForeignKey(
        Skill, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("skill"),
    )  # fmt: skip

    class Meta:
        abstract = True

    @property
    def about(self) -> list[str]:
        """The names of its principle, phase and skill; asks the database for none of them."""
        words = (name_of(kind, getattr(self, f"{kind}_id")) for kind in KINDS)
        return [word for word in words if word]


def has_words(field: str, model: str, words: Any) -> models.CheckConstraint:
    """`field` is not empty."""
    return models.CheckConstraint(
        condition=~Q(**{field: ""}),
        name=f"communities_{model}_has_{field}",
        violation_error_message=words,
    )
