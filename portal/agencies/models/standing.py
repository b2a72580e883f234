"""Where a person stands now: their positions, and with them their agencies."""

from typing import TYPE_CHECKING

from portal.people.models import User
from portal.people.once import once
from portal.prepared import fact, prepared

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from portal.agencies.models.position import Position


def positions_of(person: User) -> "list[Position]":
    """The person's current positions with their agencies: read once a request."""
    return once(
        person,
        "positions",
        lambda: list(person.positions.current().select_related("agency").order_by("pk")),
    )


def look_up_positions(person: User) -> None:
    """Read them by a prepared query, for an answer that has few milliseconds."""
    once(person, "positions", lambda: _held_by(person.pk))


@prepared
def _held_by(person: int) -> "QuerySet[Position]":
    from portal.agencies.models.position import Position  # its own conditions stand here

    held = Position.objects.current().filter(person=person)
    return held.select_related("agency").order_by("pk")


@fact
def roles_of(person: User) -> list[str]:
    """What the person is now, in any agency."""
    return sorted({position.role for position in positions_of(person)})


@fact
def agencies_of(person: User, *roles: str) -> list[int]:
    """The ids of the agencies where the person holds a position now, or one of `roles`.

    A list and not a subquery: nested subqueries in every permission cost more to build and to plan
    than all the rest of a page.
    """
    held = positions_of(person)
    return sorted({p.agency_id for p in held if not roles or p.role in roles})
