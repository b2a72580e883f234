"""Who may answer an entry that they read. Peers of a community read; they talk when they meet."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from portal.agencies.access import has_role, supervisees_of
from portal.agencies.models import Role
from portal.people.models import User

if TYPE_CHECKING:
    pass


def may_answer(reader: User, author: int) -> bool:
    """Whether a reader answers the author of this id: a supervisor or coach, be it theirs or of a
    community that they share it with."""
    return has_role(reader, Role.SUPERVISOR, Role.COACH) or author in supervisees_of(reader)


class AnsweringQuerySet(models.QuerySet["Reflection"]):
    """What readers may do beyond reading."""

    def answerable_by(self, person: User) -> Self:
        """What the person may write a response to: their own, and what they read as a supervisor
        or coach."""
        readable: Self = self.visible_to(person)  # type: ignore[attr-defined]  # Reflection's own
        if has_role(person, Role.SUPERVISOR, Role.COACH):
            return readable
        return readable.filter(Q(author=person) | Q(author__in=supervisees_of(person)))
