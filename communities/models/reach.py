"""Which communities a person reaches, as conditions: for communities and all that hangs on them.

The memberships are read once a request. `path` leads from a row to its community
(`"series__community"`); without one the rows are communities.
"""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from communities.models.audience import employers_of, opened_by
from portal.agencies.models.standing import agencies_of
from portal.people.models import User
from portal.people.once import once
from portal.prepared import fact, prepared


@prepared
def memberships(person: int, now: datetime, *employers: list[int]) -> QuerySet[Any, Any]:
    """(community, role) of what the person is a member of and their employers open to them."""
    from communities.models.membership import Membership  # its own conditions stand here

    theirs = Membership.objects.current(now).filter(opened_by(employers, "community"))
    return theirs.filter(person=person).values_list("community", "role")


@fact
def joined(person: User, *roles: str) -> list[int]:
    """The ids of communities that the person is a member of now, or holds one of `roles` in.

    A membership opens nothing to someone who works for none of the community's agencies, or is
    not, or no longer, of its audience.
    """

    def read() -> list[tuple[int, str]]:
        if not agencies_of(person):
            return []
        return memberships(person.pk, timezone.now(), *employers_of(person))

    held = once(person, "communities", read)
    return sorted({community for community, role in held if not roles or role in roles})


def is_joined(person: User, path: str = "") -> Q:
    """What the person takes part in."""
    return Q(**{f"{path or 'pk'}__in": joined(person)})


def is_administered(person: User, path: str = "") -> Q:
    """What belongs to an agency where the person is an admin."""
    agency = f"{path}__agency" if path else "agency"
    return Q(**{f"{agency}__in": agencies_of(person, "admin")})


def is_visible(person: User, path: str = "") -> Q:
    """What the person takes part in, and what they administer."""
    return _either(is_joined(person, path), is_administered(person, path), person)


def is_hosted(person: User, path: str = "") -> Q:
    """What the person runs: as a host, or as an admin of its home agency."""
    hosting = Q(**{f"{path or 'pk'}__in": joined(person, "host")})
    return _either(hosting, is_administered(person, path), person)


def _either(theirs: Q, administered: Q, person: User) -> Q:
    """Without an agency to administer, no join to look for one."""
    return theirs | administered if agencies_of(person, "admin") else theirs
