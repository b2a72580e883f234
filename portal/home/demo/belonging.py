"""How the demo's people come to belong: an agreement, requests, and another agency's circle."""

from datetime import datetime, timedelta

from communities.models import Agreement, Community, Joining, Membership, SpanProposal
from portal.agencies.models import Agency
from portal.home.demo.people import NEIGHBOUR, everyone
from portal.people.models import User

FIRST = """What is said here stays here. What we learn may leave with us.
We speak of practice, not of people: no names, no details that would tell.
We listen first, and ask before we advise.
We begin and end on time."""
SECOND = """What is said here stays here. What we learn may leave with us.
We speak of practice, not of people: no names, no details that would tell.
We listen first, and ask before we advise.
A failure that teaches something is worth as much as a success.
We begin and end on time. When it goes wrong, we say so in the circle, and mend it there."""


def load(agency: Agency, now: datetime) -> None:
    """An agreement in its second version, someone asking, a neighbour's open circle."""
    people = everyone()
    fridays = Community.objects.get(name="Cedar Valley Fridays")
    agree(fridays, people, now)
    night = Community.found(
        agency=agency,
        name="Motivational interviewing, slowly",
        purpose="One skill a month, practised in pairs. Newcomers are welcome at any time.",
        by=people["Marisol"],
        takes_requests=True,
    )
    began = now - timedelta(weeks=3)
    night.welcome(people["Linh"], by=people["Marisol"], role="host", at=began)
    night.welcome(people["Priya"], by=people["Linh"], at=began)
    Joining.ask(night, people["Noor"], word="I'd like to practise before my next visits.", at=now)
    Joining.invite(
        night, people["Amina"], by=people["Linh"], word="Your questions help us.", at=now
    )
    neighbour(people, now)


def agree(fridays: Community, people: dict[str, User], now: datetime) -> None:
    """The second version came last week: most have said yes to it, two have not yet."""
    then, lately = now - timedelta(weeks=20), now - timedelta(days=6)
    Agreement.write(fridays, text=FIRST, by=people["Ruth"], at=then)
    second = Agreement.write(
        fridays,
        text=SECOND,
        what_changed="A line on failures, and how we mend things.",
        by=people["Linh"],
        after=1,
        at=lately,
    )
    for person in fridays.members(now).exclude(pk__in=[people["Amina"].pk, people["Teo"].pk]):
        second.accept(person=person, at=lately + timedelta(days=1))


def neighbour(people: dict[str, User], now: datetime) -> None:
    """The other agency asks for this one's supervisors."""
    agency = Agency.objects.get(name=NEIGHBOUR)
    ines = people["Ines"]
    supervisors = Community.found(
        agency=agency,
        name="Supervisors of the valley",
        purpose="Supervisors of several agencies think aloud together.",
        by=ines,
        audience="supervisors",
    )
    Membership.objects.bulk_create(
        Membership(
            community=supervisors, person=people[name], role=role, since=now - timedelta(weeks=8)
        )
        for name, role in (("Owen", "host"), ("Paula", "member"))
    )
    SpanProposal.make(
        supervisors,
        email=people["Marisol"].email,
        by=ines,
        word="We are three, and would be richer with yours.",
        at=now,
    )
