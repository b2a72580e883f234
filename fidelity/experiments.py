"""What a practice experiment can be about: the teams of the person who starts it, and the measures
in use."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fidelity.models import Measure, Source, Version
from fidelity.models.teams import Team, teams_of
from fidelity.names import names_of
from portal.agencies.access import positions_of
from portal.agencies.models import Role
from portal.people.models import User


@dataclass(frozen=True)
class Choices:
    """By the key that an address or a form names."""

    teams: dict[str, tuple[Team, str]]
    series: dict[str, tuple[tuple[Measure, str], str]]


def choices_for(person: User) -> Choices:
    """The team that they lead first, then those they belong to, then an admin's programme. Four
    queries."""
    pairs = teams_of(person)
    names = names_of({lead for _agency, lead in pairs})
    teams: dict[str, tuple[Team, str]] = {}
    for agency, lead in sorted(pairs, key=lambda pair: (pair[1] != person.pk, names[pair[1]])):
        label = (
            _("My team") if lead == person.pk else _("The team of %(lead)s") % {"lead": names[lead]}
        )
        teams[f"{agency}-{lead}"] = ((agency, lead), label)
    for position in positions_of(person):
        if position.role == Role.ADMIN:
            teams[f"{position.agency_id}-"] = ((position.agency_id, None), str(position.agency))
    series = {}
    for measure in _measures(person):
        instrument = measure.version.instrument
        for source in instrument.sources:
            key = f"{instrument.slug}.{measure.key}.{source}"
            words = f"{instrument}: {measure}, {Source(source).label}"
            series[key] = ((measure, source), words)
    return Choices(teams, series)


def _measures(person: User) -> QuerySet[Measure]:
    found = Measure.objects.filter(version__in=Version.objects.usable_by(person))
    return found.select_related("version__instrument").order_by(
        "version__instrument__name", "version__instrument", "place"
    )
