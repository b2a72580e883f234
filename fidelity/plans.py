"""Plan against attained: how far sampling plans are, what is open and what is overdue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from fidelity.models import Review, SamplingPlan
from fidelity.models.sampling_plan import Proposed
from fidelity.names import names_of
from portal.agencies.models import holds_at


@dataclass(frozen=True)
class Progress:
    """Of the people who work at the agency now: reviews asked for, submitted, assigned and open."""

    planned: int
    attained: int
    open: int
    overdue: int

    @property
    def unassigned(self) -> int:
        return max(0, self.planned - self.attained - self.open)


@dataclass(frozen=True)
class Line:
    """One person in a plan. By name, and never with a score."""

    name: str
    attained: int
    each: int


@dataclass(frozen=True)
class Assignment:
    """A review that somebody is to do."""

    person: str
    reviewer: str
    due_on: date
    overdue: bool


@dataclass(frozen=True)
class Planned:
    """A proposed assignment in names; `reviewer` is empty where nobody may do it."""

    person: str
    reviewer: str
    due_on: date


def progress_of(plans: Iterable[SamplingPlan], on: date | None = None) -> dict[int, Progress]:
    """By plan. Two queries, however many plans."""
    today = on or timezone.localdate()
    plans = list(plans)
    people: QuerySet[Any, Any] = (
        SamplingPlan.people.through.objects.filter(
            holds_at(prefix="user__positions__"),
            samplingplan__in=plans,
            user__positions__agency=F("samplingplan__agency"),
        )
        .values("samplingplan")
        .annotate(n=Count("user", distinct=True))
        .order_by()
    )
    here = {row["samplingplan"]: row["n"] for row in people}
    late = Q(submitted_at=None, due_on__lt=today)
    counted = (
        Review.objects.filter(
            holds_at(prefix="subject__positions__"),
            plan__in=plans,
            subject__positions__agency=F("agency"),
        )
        .values("plan")
        .annotate(
            attained=Count("pk", distinct=True, filter=Q(submitted_at__isnull=False)),
            open=Count("pk", distinct=True, filter=Q(submitted_at=None)),
            late=Count("pk", distinct=True, filter=late),
        )
        .order_by()
        .values_list("plan", "attained", "open", "late")
    )
    done = {plan: numbers for plan, *numbers in counted}
    return {
        plan.pk: Progress(plan.each * here.get(plan.pk, 0), *done.get(plan.pk, (0, 0, 0)))
        for plan in plans
    }


def lines_of(plan: SamplingPlan, on: date | None = None) -> tuple[list[Line], list[Assignment]]:
    """Everybody in the plan, and what is open in it, the first due first. Three queries."""
    today = on or timezone.localdate()
    people = plan.people_here()
    rows = list(
        plan.reviews.order_by("due_on", "pk").values_list(
            "subject", "reviewer", "due_on", "submitted_at"
        )
    )
    names = names_of({*people, *(pk for row in rows for pk in row[:2] if pk)})
    attained = dict.fromkeys(people, 0)
    waiting = []
    for subject, reviewer, due_on, submitted_at in rows:
        if submitted_at is not None:
            attained[subject] = attained.get(subject, 0) + 1
        elif due_on is not None:
            waiting.append(
                Assignment(names[subject], names[reviewer], due_on, overdue=due_on < today)
            )
    return [Line(names[pk], attained[pk], plan.each) for pk in people], waiting


def named(proposal: Iterable[Proposed]) -> list[Planned]:
    """A proposal as a page shows it. One query."""
    proposal = list(proposal)
    names = names_of({pk for each in proposal for pk in (each.person, each.reviewer) if pk})
    return [
        Planned(names[each.person], names[each.reviewer] if each.reviewer else "", each.due_on)
        for each in proposal
    ]


def mark_of(proposal: Iterable[Proposed]) -> str:
    """What tells one proposal from another: assignments are made only as they were shown."""
    return sha256(repr(list(proposal)).encode()).hexdigest()[:16]
