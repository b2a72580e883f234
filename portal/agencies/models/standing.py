"""Where a person stands now: their positions, and with them their agencies."""

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from portal.people.models import User
from portal.people.once import once
from portal.prepared import fact

if TYPE_CHECKING:
    from portal.agencies.models.position import Position


def positions_of(person: User) -> "list[Position]":
    """The person's current positions with their agencies: read once a request."""
    return once(
        person,
        "positions",
        lambda: list(person.positions.current().select_related("agency").order_by("pk")),
    )


def positions_held(person: str) -> ArraySubquery:
    """The agency and role of each current position of whom `person` leads to, as a column: for an
    answer that has few milliseconds, and none for a query of its own."""
    from portal.agencies.models.position import Position  # its own conditions stand here

    held = Position.objects.current().filter(person=OuterRef(person)).order_by("pk")
    return ArraySubquery(held.values(one=JSONObject(agency_id="agency_id", role="role")))


def remember_positions(person: User, held: list[dict[str, Any]]) -> None:
    """Let the person of this request have these `positions_held`."""
    from portal.agencies.models.position import Position

    once(person, "positions", lambda: [Position(person=person, **each) for each in held])


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
