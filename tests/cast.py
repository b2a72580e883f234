"""The cast: two agencies, one person a role in each, a newcomer and a leaver.

Northside is where the tests play. Riverbend is the other agency: each of Northside's roles has a
twin there, so that to show that nothing leaks there is always someone to whom it could.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from portal.agencies.models import Agency, Position, Role, Supervision
from portal.people.models import User
from tests import make

ROLES = ("facilitator", "peer_partner", "supervisor", "coach", "admin")


@dataclass(frozen=True)
class Troupe:
    """One agency and its people."""

    agency: Agency
    facilitator: User
    peer_partner: User
    supervisor: User
    coach: User
    admin: User

    def people(self) -> list[User]:
        return [getattr(self, role) for role in ROLES]


@dataclass(frozen=True)
class Cast:
    northside: Troupe
    riverbend: Troupe
    newcomer: User  # a facilitator at Northside since yesterday
    leaver: User  # was a facilitator at Northside until yesterday

    def __getattr__(self, role: str) -> User:
        """`cast.facilitator` is Northside's."""
        return getattr(self.northside, role)


def troupe(agency: Agency, names: dict[str, str]) -> Troupe:
    """An agency's people, not yet written."""
    return Troupe(agency, **{role: someone(name) for role, name in names.items()})


def someone(name: str) -> User:
    return make.unsaved_person(name, email=f"{name.split()[0].lower()}@example.org")


def assemble() -> Cast:
    """Write the cast into the database: by few statements, since nearly every test begins here."""
    northside = troupe(
        make.agency("Northside Family Partners", time_zone="America/New_York"),
        {
            "facilitator": "Amara Okafor",
            "peer_partner": "Benito Reyes",
            "supervisor": "Carol Lindqvist",
            "coach": "Dae Kim",
            "admin": "Edith Moreau",
        },
    )
    riverbend = troupe(
        make.agency("Riverbend Wraparound", time_zone="America/Phoenix"),
        {
            "facilitator": "Farah Haddad",
            "peer_partner": "Goran Petrov",
            "supervisor": "Hana Suzuki",
            "coach": "Ivo Novak",
            "admin": "Jules Martin",
        },
    )
    newcomer, leaver = someone("Kofi Mensah"), someone("Lena Fischer")
    troupes = (northside, riverbend)
    User.objects.bulk_create([*northside.people(), *riverbend.people(), newcomer, leaver])
    yesterday = timezone.now() - timedelta(days=1)
    held = [
        Position(
            person=getattr(each, role), agency=each.agency, role=Role(role), since=make.LONG_AGO
        )
        for each in troupes
        for role in ROLES
    ]
    at_northside = {"agency": northside.agency, "role": Role.FACILITATOR}
    held.append(Position(person=newcomer, since=yesterday, **at_northside))
    held.append(Position(person=leaver, since=make.LONG_AGO, until=yesterday, **at_northside))
    Position.objects.bulk_create(held)
    Supervision.objects.bulk_create(
        Supervision(
            supervisor=supervisor,
            supervisee=supervisee,
            agency=each.agency,
            kind=kind,
            since=make.LONG_AGO,
        )
        for each in troupes
        for supervisee in (each.facilitator, each.peer_partner)
        for supervisor, kind in (
            (each.supervisor, Supervision.Kind.SUPERVISES),
            (each.coach, Supervision.Kind.COACHES),
        )
    )
    return Cast(northside, riverbend, newcomer, leaver)
