"""Months of scores, as the database adds them up: of a team from its reviews, of a programme from
its sums. A cell is one version's: versions of an instrument are joined by who reads the cells.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import Count, Min, QuerySet, Sum
from django.db.models.functions import TruncMonth

from fidelity.models import AgencySum, RaterSum, Review
from fidelity.suppression import SMALL
from portal.prepared import prepared


class Cell(NamedTuple):
    """`n` scores of one measure from one source in one month, which add up to `total`. Of whom and
    by whom, the same ids may stand more than once; `first` is the day of the first."""

    measure: int
    source: str
    month: date
    n: int
    total: float
    people: Iterable[int] = ()
    reviewers: Iterable[int | None] = ()
    first: date | None = None


def _cell(measure: int, source: str, month: date, n: int, total: Decimal) -> Cell:
    return Cell(measure, source, month, n, float(total))


def of_reviews(reviews: QuerySet[Review]) -> list[Cell]:
    """Of some people's reviews, with who they are and who reviewed. One query."""
    # From the reviews to their scores, and nothing DISTINCT: else the database reads every score
    # there is, or sorts.
    groups = (
        reviews.filter(scores__value__isnull=False)
        .annotate(month=TruncMonth("practised_on"))
        .order_by()
        .values_list("scores__measure", "source", "month")
        .annotate(
            n=Count("scores__value"),
            total=Sum("scores__value"),
            people=ArrayAgg("subject"),
            reviewers=ArrayAgg("reviewer"),
            first=Min("practised_on"),
        )
    )
    return sorted((Cell(*row) for row in groups), key=lambda cell: (cell.month, cell.measure))


def of_agency(agency: int) -> list[Cell]:
    """All of an agency, small cells too: fidelity.programme says what of it is shown. One query."""
    return [_cell(*row) for row in _sums(agency)]


@prepared
def _sums(agency: int) -> QuerySet[Any, Any]:
    cells = AgencySum.objects.filter(agency=agency, n__gt=0).order_by("month", "measure")
    return cells.values_list("measure", "source", "month", "n", "total")


def of_measures(agency: int, measures: Iterable[int], source: str) -> list[Cell]:
    """Of an agency the cells of these measures, small ones too. One query."""
    return [_cell(*row) for row in _measured(agency, sorted(measures), source)]


@prepared
def _measured(agency: int, measures: list[int], source: str) -> QuerySet[Any, Any]:
    cells = AgencySum.objects.filter(agency=agency, measure__in=measures, source=source, n__gt=0)
    return cells.order_by("month").values_list("measure", "source", "month", "n", "total")


def raters_of(agency: int, measures: Iterable[int], source: str) -> list[tuple[int, Any, date]]:
    """Who scored these measures in an agency: measure, reviewer and the month of the first score.
    One query."""
    return _raters(agency, sorted(measures), source)


@prepared
def _raters(agency: int, measures: list[int], source: str) -> QuerySet[Any, Any]:
    found = RaterSum.objects.filter(agency=agency, measure__in=measures, source=source, n__gt=0)
    return found.values_list("measure", "reviewer").annotate(first=Min("month")).order_by()


class TeamCells(NamedTuple):
    """What is shown of one team: periods' first days, n and totals, as the database writes a list;
    None where nothing is. Of hundreds of teams a page shows a few: only theirs are read."""

    team: int | None
    periods: str | None
    ns: str | None
    totals: str | None

    def sums(self) -> dict[date, tuple[int, float]]:
        """By period, n and total of the parts that are shown."""
        lists = ((each or "{}")[1:-1].split(",") for each in (self.periods, self.ns, self.totals))
        found: dict[date, tuple[int, float]] = {}
        for on, n, total in sorted(zip(*lists, strict=True)) if self.periods else ():
            before = found.get(first := date.fromisoformat(on), (0, 0.0))
            found[first] = (before[0] + int(n), before[1] + float(total))
        return found


def of_teams(
    agency: int,
    measures: Iterable[int],
    source: str,
    period: str,
    parts: Iterable[tuple[int, date]],
) -> list[TeamCells]:
    """Every team that has a cell of these measures, with what is shown of it in those of `parts`
    (a measure and a period's first day): what `withheld` leaves of the teams in that part. One
    query."""
    wanted = sorted(parts)
    with connection.cursor() as cursor:
        cursor.execute(
            TEAMS.format(parts=MONTHS if period == "month" else PERIODS),
            {
                "agency": agency,
                "measures": sorted(measures),
                "source": source,
                "period": period,
                "wanted_measures": [measure for measure, _on in wanted],
                "wanted_days": [on for _measure, on in wanted],
                "small": SMALL[-1],
            },
        )
        return [TeamCells(*row) for row in cursor.fetchall()]


OF_SERIES = """FROM fidelity_monthsum WHERE agency_id = %(agency)s
        AND measure_id = ANY(%(measures)s::bigint[]) AND source = %(source)s AND n > 0"""
# `ranked` is n and team in one number, which sorts as the pair does; nobody's team is the last.
RANKED = "({n}::bigint << 40) + coalesce(team_id, (1::bigint << 40) - 1) AS ranked"
MONTHS = f"""SELECT team_id, measure_id, month AS part, n, total, {RANKED.format(n="n")}
        {OF_SERIES}"""
PERIODS = f"""SELECT team_id, measure_id,
        date_trunc(%(period)s, month::timestamp)::date AS part, sum(n)::int AS n,
        sum(total) AS total, {RANKED.format(n="sum(n)")} {OF_SERIES} GROUP BY 1, 2, 3"""
# What fidelity.suppression.withheld hides of a part, to which a test holds this: the small ones,
# and where these are one alone or come to a small cell together, the least of the others. Then
# there are two, and they are more than a small cell. Windows over all teams would say the same in
# twice the time.
TEAMS = """
WITH bounds AS (
    SELECT measure_id, part,
        CASE WHEN few = 1 OR of_few <= %(small)s THEN least ELSE 0 END AS hidden
    FROM (
        SELECT measure_id, part, count(*) FILTER (WHERE n <= %(small)s) AS few,
            sum(n) FILTER (WHERE n <= %(small)s) AS of_few,
            min(ranked) FILTER (WHERE n > %(small)s) AS least
        FROM ({parts}) AS parts GROUP BY 1, 2
    ) AS weighed
    JOIN unnest(%(wanted_measures)s::bigint[], %(wanted_days)s::date[])
        AS wanted (measure_id, part) USING (measure_id, part)
)
SELECT team_id, array_agg(part) FILTER (WHERE is_shown)::text,
    array_agg(n) FILTER (WHERE is_shown)::text, array_agg(total) FILTER (WHERE is_shown)::text
FROM (
    SELECT team_id, part, n, total, n > %(small)s AND ranked > hidden AS is_shown
    FROM ({parts}) AS parts LEFT JOIN bounds USING (measure_id, part)
) AS parts GROUP BY team_id
"""
