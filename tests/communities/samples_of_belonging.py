"""Samples of the notices about belonging: who is told, and what about."""

from communities.models import Joining, SpanProposal
from tests.communities import make, make_belonging


def invited(cast):
    circle = make.circle(cast)
    return cast.newcomer, Joining.invite(circle, cast.newcomer, by=cast.coach, word="Come along.")


def asked(cast):
    circle = make.circle(cast, takes_requests=True)
    return cast.coach, Joining.ask(circle, cast.newcomer, word="To learn with you.")


def accepted(cast):
    _person, joining = invited(cast)
    joining.accept(by=cast.newcomer, answer="With pleasure.")
    return cast.coach, joining


def declined(cast):
    _person, joining = asked(cast)
    joining.decline(by=cast.coach, answer="We are full until spring.")
    return cast.newcomer, joining


def agreement(cast):
    return cast.facilitator, make_belonging.agreement(make.circle(cast), cast)


def host_left(cast):
    circle = make.circle(cast)
    membership = circle.memberships.get(person=cast.coach)
    membership.end(by=cast.coach)
    return cast.admin, membership


def proposed(cast):
    email, word = cast.riverbend.admin.email, "We would love to learn with you."
    proposal = SpanProposal.make(make.circle(cast), email=email, word=word, by=cast.admin)
    return cast.riverbend.admin, proposal


def yes(cast):
    admin, proposal = proposed(cast)
    proposal.accept(cast.riverbend.agency, by=admin)
    return cast.admin, proposal


def no(cast):
    admin, proposal = proposed(cast)
    proposal.decline(by=admin)
    return cast.admin, proposal


SAMPLES = {
    "joining.invited": invited,
    "joining.asked": asked,
    "joining.accepted": accepted,
    "joining.declined": declined,
    "agreement.asked": agreement,
    "community.host_left": host_left,
    "span.proposed": proposed,
    "span.accepted": yes,
    "span.declined": no,
}
