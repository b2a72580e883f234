"""Who works at the demo's two agencies."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.utils.text import slugify

from portal.agencies.models import Agency, Position, Supervision
from portal.home.demo.roll import GROWTH, LAKESHORE, PEOPLE, TEAMS
from portal.people.models import User

AGENCY = "Cedar Valley Family Partners"
NEIGHBOUR = "Lakeshore Youth and Family"
ZONE = "America/New_York"
PASSWORD = "five-quiet-minutes"  # noqa: S105  # printed at every start of the demo
DOMAIN = "cedarvalley.example"
NEXT_DOOR = "lakeshore.example"


def load(now: datetime) -> Agency:
    """Write both agencies, their people, and who supervises and coaches whom; the first agency."""
    cedar = Agency.objects.create(name=AGENCY, time_zone=ZONE, shows_that_someone_reflects=True)
    cedar.showings.turn(cedar, on=True, at=now - timedelta(weeks=9))
    lakeshore = Agency.objects.create(name=NEIGHBOUR, time_zone=ZONE)
    password = make_password(PASSWORD)  # hashed once: sixty times would be many seconds
    people = User.objects.bulk_create(
        User(
            name=name,
            email=f"{slugify(name.split()[0])}@{NEXT_DOOR if _next_door(name) else DOMAIN}",
            time_zone=ZONE,
            password=password,
            joined_at=now - timedelta(weeks=weeks),
        )
        for name, _roles, weeks in PEOPLE
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True)
        for person in people
    )
    Position.objects.bulk_create(
        Position(
            person=person,
            agency=lakeshore if _next_door(name) else cedar,
            role=role,
            since=now - timedelta(weeks=weeks),
        )
        for person, (name, roles, weeks) in zip(people, PEOPLE, strict=True)
        for role in roles
    )
    named = {person.name.split()[0]: person for person in people}
    kinds = Supervision.Kind
    relations = [(lead, name, kinds.SUPERVISES) for lead, team in TEAMS.items() for name in team]
    relations += [
        (coach_of(lead, name), name, kinds.COACHES) for lead, team in TEAMS.items() for name in team
    ]
    Supervision.objects.bulk_create(
        Supervision(
            agency=lakeshore if _next_door(named[name].name) else cedar,
            supervisor=named[lead],
            supervisee=named[name],
            kind=kind,
            since=max(named[lead].joined_at, named[name].joined_at),
        )
        for lead, name, kind in relations
    )
    return cedar


def coach_of(lead: str, name: str) -> str:
    """Linh coached everybody; the teams that came with the growth have a coach of their own."""
    if name in LAKESHORE:
        return "Simone"
    return "Ingrid" if lead in GROWTH else "Linh"


def _next_door(name: str) -> bool:
    return name.split()[0] in LAKESHORE


def everyone() -> dict[str, User]:
    """The demo's people by first name, of both agencies."""
    theirs = Q(email__endswith=f"@{DOMAIN}") | Q(email__endswith=f"@{NEXT_DOOR}")
    return {person.name.split()[0]: person for person in User.objects.filter(theirs).order_by("pk")}


def sign_ins() -> dict[str, User]:
    """One person a role: the first of each."""
    people = everyone()
    shown: dict[str, User] = {}
    for name, roles, _weeks in PEOPLE:
        for role in roles:
            if name.split()[0] in people:
                shown.setdefault(role.value, people[name.split()[0]])
    return shown


def supervisor_of(people: dict[str, User], person: User) -> User:
    """The supervisor of someone in one of the teams."""
    return people[lead_of(person.name.split()[0])]


def lead_of(name: str) -> str:
    return next(lead for lead, team in TEAMS.items() if name in team)
