"""Who works at the demo agency."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from portal.agencies.models import Agency, Position, Role, Supervision
from portal.people.models import User

AGENCY = "Cedar Valley Family Partners"
ZONE = "America/New_York"
PASSWORD = "five-quiet-minutes"  # noqa: S105  # printed at every start of the demo
DOMAIN = "cedarvalley.example"

# name, roles, weeks in post. The first of each role is the one whose sign-in is shown.
PEOPLE: list[tuple[str, tuple[Role, ...], int]] = [
    ("Amina Warsame", (Role.FACILITATOR,), 60),
    ("Teo Marchetti", (Role.PEER_PARTNER,), 48),
    ("Ruth Adeyemi", (Role.SUPERVISOR,), 130),
    ("Linh Tran", (Role.COACH,), 90),
    ("Marisol Vega", (Role.ADMIN,), 150),
    ("Jonas Whitfield", (Role.FACILITATOR,), 110),
    ("Priya Raman", (Role.FACILITATOR,), 34),
    ("Dana Kowalczyk", (Role.FACILITATOR,), 82),
    ("Elijah Brooks", (Role.FACILITATOR,), 15),
    ("Noor Haddad", (Role.FACILITATOR,), 5),
    ("Grace Oyelaran", (Role.PEER_PARTNER,), 27),
    ("Samuel Ortiz", (Role.SUPERVISOR, Role.COACH), 75),
]

TEAMS = {
    "Ruth": ("Amina", "Jonas", "Priya", "Teo"),
    "Samuel": ("Dana", "Elijah", "Noor", "Grace"),
}


def load(now: datetime) -> Agency:
    """Write the agency, its people, and who supervises and coaches whom."""
    agency = Agency.objects.create(name=AGENCY, time_zone=ZONE, shows_that_someone_reflects=True)
    agency.showings.turn(agency, on=True, at=now - timedelta(weeks=9))
    password = make_password(PASSWORD)  # hashed once: twelve times would be seconds
    people = User.objects.bulk_create(
        User(
            name=name,
            email=f"{slugify(name.split()[0])}@{DOMAIN}",
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
        Position(person=person, agency=agency, role=role, since=now - timedelta(weeks=weeks))
        for person, (_name, roles, weeks) in zip(people, PEOPLE, strict=True)
        for role in roles
    )
    named = {person.name.split()[0]: person for person in people}
    kinds = Supervision.Kind
    relations = [(lead, name, kinds.SUPERVISES) for lead, team in TEAMS.items() for name in team]
    relations += [("Linh", name, kinds.COACHES) for team in TEAMS.values() for name in team]
    Supervision.objects.bulk_create(
        Supervision(
            agency=agency,
            supervisor=named[lead],
            supervisee=named[name],
            kind=kind,
            since=max(named[lead].joined_at, named[name].joined_at),
        )
        for lead, name, kind in relations
    )
    return agency


def everyone() -> dict[str, User]:
    """The demo's people by first name."""
    people = User.objects.filter(email__endswith=f"@{DOMAIN}").order_by("pk")
    return {person.name.split()[0]: person for person in people}


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
    return next(people[lead] for lead, team in TEAMS.items() if person.name.split()[0] in team)
