"""The cast: two agencies, one person a role in each, a newcomer and a leaver.

Northside is where the tests play. Riverbend is the other agency: each of Northside's roles has a
twin there, so that to show that nothing leaks there is always someone to whom it could.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from portal.agencies.models import Agency, Role
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
    people = {}
    for role, name in names.items():
        people[role] = make.person(name, email=f"{name.split()[0].lower()}@example.org")
        make.position(people[role], agency, Role(role))
    for supervisee in ("facilitator", "peer_partner"):
        make.supervision(people["supervisor"], people[supervisee], agency)
        make.supervision(people["coach"], people[supervisee], agency, kind="coaches")
    return Troupe(agency=agency, **people)


def assemble() -> Cast:
    """Write the cast into the database."""
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
    now = timezone.now()
    newcomer = make.person("Kofi Mensah", email="kofi@example.org")
    make.position(newcomer, northside.agency, since=now - timedelta(days=1))
    leaver = make.person("Lena Fischer", email="lena@example.org")
    make.position(leaver, northside.agency, until=now - timedelta(days=1))
    return Cast(northside, riverbend, newcomer, leaver)
