"""The months' means of those who were employed from a series' first month to its last.

Of a team they are read from its reviews; of a programme from the sums, less the reviews of those
who were not there all the time. Where everybody was, no review is read.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, DecimalField, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Cast, TruncMonth
from django.utils import timezone

from fidelity.drift.cohort import Stay, was_there
from fidelity.models import AgencySum, Review, Score, SubjectSum
from fidelity.series import Point, Series
from fidelity.suppression import is_small
from portal.agencies.models import Agency, Position

EXACT = DecimalField(max_digits=24, decimal_places=10)
Months = dict[date, Point]


def of_team(series: Series, reviews: QuerySet[Review], agencies: Sequence[int]) -> Months:
    """Two queries at most."""
    if len(series.points) < 2:
        return {}
    stayed = series.people - _not_throughout(series, series.people, agencies)
    if len(stayed) == len(series.people):
        return {point.on: point for point in series.points}
    months = (
        scores_of(series, reviews.filter(subject__in=stayed))
        .annotate(month=TruncMonth("review__practised_on"))
        .values("month")
        .annotate(mean=Avg("value"), n=Count("pk"))
    )
    found = {on: Point(on, mean, n) for on, mean, n in months.values_list("month", "mean", "n")}
    return {point.on: found[point.on] for point in series.points if point.on in found}


def of_programme(series: Series, agency: Agency) -> Months:
    """Without months that would let a small group be derived. Four queries at most; one where
    everybody stayed, or nobody."""
    if len(series.points) < 2:
        return {}
    stayed, left = _who_stayed(series, agency)
    if not left:
        return {point.on: point for point in series.points}
    if not stayed:
        return {}
    # Of those who are fewer the reviews are read.
    if len(stayed) < len(left):
        months = {on: (n, total) for on, n, total in _sums_of(series, agency, stayed)}
    else:
        less = {on: (n, total) for on, n, total in _sums_of(series, agency, left)}
        months = {}
        for on, n, total in _sums(agency, series):
            of_left, their_total = less.get(on, (0, Decimal()))
            months[on] = (n - of_left, total - their_total)
    found = {}
    for point in series.points:
        n, total = months.get(point.on, (0, Decimal()))
        if n and not is_small(n) and not is_small(point.n - n):
            found[point.on] = Point(point.on, float(total / n), n)
    return found


def scores_of(series: Series, reviews: QuerySet[Review]) -> QuerySet[Score]:
    """The scores that a series is made of, from these reviews."""
    return Score.objects.filter(
        review__in=reviews,
        review__source=series.source,
        measure__version__instrument=series.measure.version.instrument_id,
        measure__key=series.measure.key,
        value__isnull=False,
    ).order_by()


def _span(series: Series) -> tuple[date, date]:
    return series.points[0].on, series.points[-1].on


def _who_stayed(series: Series, agency: Agency) -> tuple[set[int], set[int]]:
    """Of those who have a score in the series: who was there on every day of it, and who was not.
    Two queries, one where nobody's stay is of several positions."""
    first, last = _span(series)
    held = Position.objects.filter(
        agency=agency, person=OuterRef("subject"), since__lt=_midnight(first + timedelta(days=1))
    )
    scored = SubjectSum.objects.filter(
        agency=agency, measure__in=list(series.measures), source=series.source, n__gt=0
    )
    of_one_position: set[int] = set()
    in_question: set[int] = set()
    not_at_first: set[int] = set()
    for person, whole, at_first in scored.values_list(
        "subject",
        Exists(held.filter(Q(until=None) | Q(until__gte=_midnight(last)))),
        Exists(held.filter(until__gte=_midnight(first))),
    ):
        (of_one_position if whole else in_question if at_first else not_at_first).add(person)
    left = _not_throughout(series, in_question, [agency.pk]) if in_question else set()
    return of_one_position | in_question - left, not_at_first | left


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _not_throughout(series: Series, people: Iterable[int], agencies: Sequence[int]) -> set[int]:
    """Who of these was not there on every day. One query."""
    first, last = _span(series)
    stays: dict[int, list[Stay]] = {person: [] for person in people}
    held = Position.objects.filter(agency__in=agencies, person__in=list(stays))
    for person, since, until in held.values_list("person", "since", "until"):
        end = timezone.localdate(until) if until else None
        stays[person].append(Stay(timezone.localdate(since), end))
    return {pk for pk, theirs in stays.items() if not was_there(theirs, first=first, last=last)}


def _sums(agency: Agency, series: Series) -> Iterable[tuple[Any, ...]]:
    """Month, n and exact total of everybody's scores. One query."""
    kept = AgencySum.objects.filter(
        agency=agency, measure__in=list(series.measures), source=series.source, n__gt=0
    )
    return kept.order_by().values_list("month").annotate(of=Sum("n"), all=Sum("total"))


def _sums_of(series: Series, agency: Agency, people: set[int]) -> Iterable[tuple[Any, ...]]:
    """Month, n and exact total of some people's scores. One query."""
    theirs = Review.objects.of_programme(agency).filter(subject__in=people, source=series.source)
    return (
        theirs.filter(scores__measure__in=list(series.measures), scores__value__isnull=False)
        .annotate(month=TruncMonth("practised_on"))
        .order_by()
        .values_list("month")
        .annotate(n=Count("scores"), total=Sum(Cast("scores__value", EXACT)))
    )
