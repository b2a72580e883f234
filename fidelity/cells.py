"""Months of scores, as the database adds them up: of a team from its reviews, of a programme from
its sums. A cell is one version's: versions of an instrument are joined by who reads the cells.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth

from fidelity.models import MonthSum, Review, Score
from portal.prepared import prepared


@dataclass(frozen=True, slots=True)
class Cell:
    """`n` scores of one measure from one source in one month, which add up to `total`."""

    measure: int
    source: str
    month: date
    n: int
    total: float
    people: tuple[int, ...] = ()
    reviewers: tuple[int | None, ...] = ()


def _cell(measure: int, source: str, month: date, n: int, total: Decimal) -> Cell:
    return Cell(measure, source, month, n, float(total))


def of_reviews(reviews: QuerySet[Review]) -> list[Cell]:
    """Of some people's reviews, with who they are and who reviewed. One query."""
    groups = (
        Score.objects.filter(review__in=reviews, value__isnull=False)
        .annotate(month=TruncMonth("review__practised_on"))
        .values_list("measure", "review__source", "month")
        .annotate(
            n=Count("pk"),
            total=Sum("value"),
            people=ArrayAgg("review__subject", distinct=True),
            reviewers=ArrayAgg("review__reviewer", distinct=True),
        )
        .order_by("month", "measure")
    )
    return [
        Cell(measure, source, month, n, total, tuple(people), tuple(reviewers))
        for measure, source, month, n, total, people, reviewers in groups
    ]


def of_agency(agency: int) -> list[Cell]:
    """All of an agency, small cells too: fidelity.programme says what of it is shown. One query."""
    return [_cell(*row) for row in _sums(agency)]


@prepared
def _sums(agency: int) -> QuerySet[Any, Any]:
    cells = MonthSum.objects.filter(agency=agency, n__gt=0)
    sums = cells.values_list("measure", "source", "month").annotate(of=Sum("n"), all=Sum("total"))
    return sums.order_by("month", "measure")


def of_measures(agency: int, measures: Iterable[int], source: str) -> list[Cell]:
    """Of an agency the cells of these measures, small ones too. One query."""
    return [_cell(*row) for row in _measured(agency, sorted(measures), source)]


@prepared
def _measured(agency: int, measures: list[int], source: str) -> QuerySet[Any, Any]:
    cells = MonthSum.objects.filter(agency=agency, measure__in=measures, source=source, n__gt=0)
    return (
        cells.values_list("measure", "source", "month")
        .annotate(of=Sum("n"), all=Sum("total"))
        .order_by("month")
    )


def of_teams(agency: int, measures: Iterable[int], source: str) -> dict[int | None, list[Cell]]:
    """Of each team the cells of these measures, small ones too. One query."""
    found: dict[int | None, list[Cell]] = {}
    for team, *cell in _by_team(agency, sorted(measures), source):
        found.setdefault(team, []).append(_cell(*cell))
    return found


@prepared
def _by_team(agency: int, measures: list[int], source: str) -> QuerySet[Any, Any]:
    cells = MonthSum.objects.filter(agency=agency, measure__in=measures, source=source, n__gt=0)
    return cells.order_by("month").values_list("team", "measure", "source", "month", "n", "total")
