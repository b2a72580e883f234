"""Builders around belonging: invitations, agreements, spans."""

from communities.models import Agreement, Community, Joining, SpanProposal
from tests import make as house
from tests.cast import Cast
from tests.communities import make

ONLY_ADMIN = {"facilitator": 404, "peer_partner": 404, "supervisor": 404, "coach": 404}


def agreement(community: Community, cast: Cast, **fields) -> Agreement:
    """The next version, written by the admin, who is no member."""
    last = community.agreements.first()
    fields.setdefault("text", "What is said here stays here.")
    if last:
        fields.setdefault("what_changed", "Shorter.")
    fields.setdefault("by", cast.admin)
    return Agreement.write(community, after=last.number if last else 0, **fields)


def spanning_circle(cast: Cast, name: str = "") -> Community:
    """Northside's circle, spanning Riverbend, whose facilitator is a member."""
    circle = make.circle(cast, name)
    circle.span(cast.riverbend.agency, by=None)
    make.membership(cast.riverbend.facilitator, circle)
    return circle


def closed(cast: Cast) -> dict[str, int]:
    circle = make.circle(cast)
    circle.close(by=cast.admin)
    return {"pk": circle.pk}


def asking(cast: Cast) -> dict[str, int]:
    return {"pk": make.circle(cast, takes_requests=True).pk}


def invited(cast: Cast) -> dict[str, int]:
    joining = Joining.invite(make.circle(cast), cast.peer_partner, by=cast.coach)
    assert joining
    return {"pk": joining.pk}


def agreed(cast: Cast) -> dict[str, int]:
    return {"pk": agreement(make.circle(cast), cast).pk}


def spanning(cast: Cast) -> dict[str, int]:
    """With a third agency: the other one of the cast has nothing to do with it."""
    return {"pk": make.circle(cast).span(house.agency(), by=None).pk}


def proposed(cast: Cast) -> dict[str, int]:
    circle = make.circle(cast)
    return {"pk": SpanProposal.make(circle, email="third@example.org", by=cast.admin).pk}
