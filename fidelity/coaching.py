"""The coaching dashboard: who should hear something soon, what is due, what is planned, and which
goals come back. By name and by day, never by score; nobody is ranked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from fidelity.contacts import ENOUGH, contacts_of, since
from fidelity.goals import goals_due
from fidelity.listed import addresses
from fidelity.models import FocusGoal, Review, SamplingPlan
from fidelity.models.supervised import team_of
from fidelity.names import names_of
from fidelity.plans import Progress, progress_of
from fidelity.shipped import spoken
from portal.agencies.access import agencies_of
from portal.agencies.models import Position
from portal.people.models import User
from portal.prepared import prepared

SOON = timedelta(days=14)
SHOWN = 20  # of reviews and of goals: the page is to be read, not to be searched


@dataclass(frozen=True)
class Contact:
    """Someone with fewer observed-feedback contacts than hold a skill up."""

    name: str
    url: str
    review_url: str
    n: int
    new: bool  # here for less than the window: fewer is no wonder


@dataclass(frozen=True)
class Due:
    """An assigned review of the team, or of the reader's own to do."""

    who: str
    by: str  # empty where the reader is
    url: str  # empty where it is somebody else's to do
    instrument: str
    due_on: date
    overdue: bool


@dataclass(frozen=True)
class Dashboard:
    contacts: list[Contact]
    others: int  # how many of the team have enough
    due: list[Due]
    more_due: bool
    plans: list[tuple[SamplingPlan, Progress]]
    goals: list[FocusGoal]
    fewest: int = ENOUGH


def dashboard_of(reader: User, at: datetime | None = None) -> Dashboard:
    """For who supervises or coaches. Nine queries, whatever they have."""
    at = at or timezone.now()
    today = timezone.localdate(at)
    team = sorted(team_of(reader))
    counts = contacts_of(team, at)
    due = list(_due(reader, team, agencies_of(reader), today + SOON))
    names = names_of({*team, *(pk for row in due for pk in row[1:3])})
    contacts = _contacts(counts, names, _here_since(team, agencies_of(reader), since(at)))
    plans = list(_running(reader, today))
    progress = progress_of(plans, today)
    return Dashboard(
        contacts=contacts,
        others=len(team) - len(contacts),
        due=[_due_row(row, reader, names, today) for row in due[:SHOWN]],
        more_due=len(due) > SHOWN,
        plans=[(plan, progress[plan.pk]) for plan in plans],
        goals=goals_due(reader, today + SOON)[:SHOWN],
    )


def _contacts(
    counts: dict[int, int], names: dict[int, str], long_here: Iterable[int]
) -> list[Contact]:
    """Those with too few, by name."""
    course, review = addresses("fidelity:courses.show"), reverse("fidelity:reviews.new")
    long = set(long_here)
    few = sorted((pk for pk, n in counts.items() if n < ENOUGH), key=lambda pk: (names[pk], pk))
    return [
        Contact(names[pk], course(pk), f"{review}?subject={pk}", counts[pk], pk not in long)
        for pk in few
    ]


def _due_row(row: tuple[Any, ...], reader: User, names: dict[int, str], today: date) -> Due:
    pk, subject, reviewer, instrument, due_on = row
    mine = reviewer == reader.pk
    return Due(
        who=names[subject],
        by="" if mine else names[reviewer],
        url=reverse("fidelity:reviews.edit", args=[pk]) if mine else "",
        instrument=spoken(instrument),
        due_on=due_on,
        overdue=due_on < today,
    )


@prepared
def _due(reader: User, team: list[int], agencies: list[int], until: date) -> QuerySet[Any, Any]:
    found = Review.objects.due_by(until).filter(agency__in=agencies)
    found = found.filter(Q(reviewer=reader) | Q(subject__in=team))
    return found.values_list("pk", "subject", "reviewer", "version__instrument__name", "due_on")[
        : SHOWN + 1
    ]


@prepared
def _running(reader: User, today: date) -> QuerySet[Any, Any]:
    plans = SamplingPlan.objects.visible_to(reader).running().filter(begins_on__lte=today)
    return plans.select_related("version__instrument")[:SHOWN]


def _here_since(team: list[int], agencies: list[int], begin: datetime) -> set[int]:
    """Who held a position before the window began."""
    return {pk for (pk,) in _held(team, agencies, begin)}


@prepared
def _held(team: list[int], agencies: list[int], begin: datetime) -> QuerySet[Any, Any]:
    held = Position.objects.current().filter(person__in=team, agency__in=agencies, since__lte=begin)
    return held.values_list("person").distinct().order_by()
