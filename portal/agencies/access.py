"""What a person's current positions and supervision relations allow."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from portal.access import Rule, record, when
from portal.agencies.models import Agency, Position, Supervision
from portal.agencies.models.standing import agencies_of, positions_of
from portal.people.models import User
from portal.people.once import once
from portal.prepared import fact

__all__ = [
    "administers",
    "administers_person",
    "agencies_of",
    "colleagues_of",
    "has_role",
    "holds",
    "positions_of",
    "supervised_by",
    "supervisees_of",
    "supervises",
]


@fact
def has_role(person: User, *roles: str) -> bool:
    """Whether the person holds one of `roles` in any agency now."""
    return any(position.role in roles for position in positions_of(person))


def holds(*roles: str) -> Rule:
    """An access rule: people who hold one of `roles` somewhere now; others are told so (403)."""
    named = ", ".join(roles)
    return when(
        f"holds {named}",
        lambda person: has_role(person, *roles),
        why=_("This page is for people with another role in the agency."),
    )


def supervised_by(person: User, at: datetime | None = None) -> QuerySet[User]:
    """People whom `person` supervises or coaches now."""
    relations = Supervision.objects.current(at).filter(supervisor=person)
    return User.objects.filter(pk__in=relations.values("supervisee"))


@fact
def supervisees_of(person: User) -> list[int]:
    """The ids of people whom `person` supervises or coaches now: read once a request."""
    relations = Supervision.objects.current().filter(supervisor=person)
    return once(person, "supervisees", lambda: list(relations.values_list("supervisee", flat=True)))


def supervises(person: User, other: User, at: datetime | None = None) -> bool:
    """Whether `person` supervises or coaches `other` now."""
    return supervised_by(person, at).filter(pk=other.pk).exists()


def colleagues_of(person: User) -> QuerySet[Any, Any]:
    """The ids of people with a position now in an agency where `person` has one: a subquery."""
    return Position.objects.current().filter(agency__in=agencies_of(person)).values("person")


# The admin pages of one agency: the view receives `agency`.
administers = record(
    Agency,
    "administered_by",
    visible="visible_to",
    why=_("This page is for the admins of the agency. Ask one of them."),
)


def _admit_to_person(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
    if answer := administers.admit(request, kwargs):
        return answer
    agency: Agency = kwargs["agency"]
    kwargs["person"] = agency.everyone_ever().filter(pk=kwargs["person"]).first()
    if kwargs["person"] is None:
        raise Http404
    return None


# The admin pages about one person there, of today or of before: `agency` and `person`.
administers_person = Rule("Agency.administered_by, its people", _admit_to_person)
