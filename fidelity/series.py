"""Scores in their order, one series a measure and source: sources are never joined."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from django.db.models import Max, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fidelity.cells import Cell, of_reviews
from fidelity.filters import Filters
from fidelity.models import Benchmark, Instrument, Item, Measure, Review, Source
from portal.people.models import User
from portal.prepared import prepared


class Point(NamedTuple):
    """One score, of one review or of a month's."""

    on: date
    value: float
    n: int = 1
    review_id: int | None = None
    version: int = 0  # the number of the instrument's version; a month's is its newest


@dataclass
class Series:
    """A measure's course from one source. Versions of an instrument join by the measure's key."""

    measure: Measure
    source: str
    points: list[Point] = field(default_factory=list)
    not_computable: int = 0
    benchmarks: list[Benchmark] = field(default_factory=list)
    people: set[int] = field(default_factory=set)
    reviewers: set[int | None] = field(default_factory=set)
    top: float | None = None  # where its scale ends, if it has an end
    measures: dict[int, int] = field(default_factory=dict)  # that are in it: the version of each
    period: str = "month"  # what a point stands for, where it is of more than one review
    n_of_all: int = 0  # whatever the filters leave
    available: list[tuple[date, int]] = field(default_factory=list)  # months and versions there are
    began: dict[int, date] = field(default_factory=dict)  # the first day of each version
    raters: dict[int, date] = field(default_factory=dict)  # the month of each one's first score

    @property
    def slug(self) -> str:
        """What names the series in a URL."""
        return f"{self.measure.version.instrument.slug}.{self.measure.key}.{self.source}"

    @property
    def source_label(self) -> str:
        return str(Source(self.source).label)

    @property
    def benchmark_notes(self) -> list[str]:
        """Where the comparison lines come from, a sentence a source."""
        labels: dict[tuple[str, date], list[str]] = {}
        for benchmark in self.benchmarks:
            labels.setdefault((benchmark.source, benchmark.dated), []).append(
                benchmark.spoken_label
            )
        return [
            _("Lines for comparison (%(labels)s): %(source)s, %(dated)s.")
            % {
                "labels": ", ".join(theirs),
                "source": source,
                "dated": date_format(dated, "F Y"),
            }
            for (source, dated), theirs in labels.items()
        ]

    def add_raters(
        self, version: int, reviewers: Iterable[int | None], first: date | None, month: date
    ) -> None:
        """Of a part of it: who scored, on what day the first time, in what month."""
        self.reviewers.update(reviewers)
        if first is not None:
            self.began[version] = min(first, self.began.get(version, first))
        for rater in set(reviewers):
            if rater is not None:
                self.raters[rater] = min(month, self.raters.get(rater, month))

    @property
    def new_versions(self) -> list[tuple[int, int]]:
        """The places of points where a version begins after another, with its number."""
        return [
            (place, point.version)
            for place, (before, point) in enumerate(pairwise(self.points), start=1)
            if point.version > before.version
        ]

    @property
    def n(self) -> int:
        return sum(point.n for point in self.points)


def course(person: User, reader: User, filters: Filters = Filters()) -> list[Series]:  # noqa: B008
    """A person's series as `reader` may see them, review by review, in the order of practice.
    Three queries."""
    rows = _course.rows(person, reader)
    measures = measures_of(measure for *_review, measure, _value in rows)
    found: dict[tuple[Any, ...], Series] = {}
    # Of one review in the order of its measures. The database would join them for that alone.
    order = {review: place for place, (review, *_more) in enumerate(rows)}
    rows.sort(key=lambda row: (order[row[0]], measures[row[3]].place))
    for review, source, on, measure_id, value in rows:
        measure = measures[measure_id]
        key = (measure.version.instrument_id, measure.key, source)
        series = found.setdefault(key, Series(measure, source))
        series.measure = measure  # the latest version's words and benchmarks
        number = measure.version.number
        month = on.replace(day=1) if on else None
        if month is not None:
            series.available.append((month, number))
            if not filters.holds(month) or filters.version not in (None, number):
                continue
        if value is None or on is None:
            series.not_computable += 1
        else:
            series.points.append(Point(on, value, review_id=review, version=number))
    return with_tops(with_benchmarks(found.values()))


@prepared
def _course(person: User, reader: User) -> QuerySet[Any, Any]:
    return (
        Review.objects.about(person, reader)
        .filter(scores__isnull=False)
        .order_by("practised_on", "submitted_at", "pk")
        .values_list("pk", "source", "practised_on", "scores__measure", "scores__value")
    )


def monthly(reviews: QuerySet[Review]) -> list[Series]:
    """Series of monthly means over the reviews of several people, most reviews first. The
    database adds up; three queries."""
    return joined(of_reviews(reviews))


def joined(
    cells: Iterable[Cell],
    filters: Filters = Filters(),  # noqa: B008  # frozen
    measures: Mapping[int, Measure] | None = None,
) -> list[Series]:
    """Series of monthly means, most reviews first; each measure's versions are one series. A series
    that the filters empty stays, so that a page can say so. Two queries, one where the measures
    were read before."""
    cells = list(cells)
    if measures is None:
        measures = measures_of(cell.measure for cell in cells)
    found: dict[tuple[Any, ...], Series] = {}
    months: dict[tuple[Any, ...], dict[date, tuple[int, float, int]]] = {}
    for cell in cells:
        measure = measures[cell.measure]
        key = (measure.version.instrument_id, measure.key, cell.source)
        series = found.setdefault(key, Series(measure, cell.source))
        if measure.pk > series.measure.pk:
            series.measure = measure  # the latest version's words and benchmarks
        number = measure.version.number
        series.measures[cell.measure] = number
        series.n_of_all += cell.n
        series.available.append((cell.month, number))
        if not filters.holds(cell.month) or filters.version not in (None, number):
            continue
        at = months.setdefault(key, {})
        n, total, newest = at.get(cell.month, (0, 0.0, 0))
        at[cell.month] = (n + cell.n, total + cell.total, max(newest, number))
        series.people.update(cell.people)
        series.add_raters(number, cell.reviewers, cell.first, cell.month)
    for key, series in found.items():
        series.points = [
            Point(month, total / n, n, version=newest)
            for month, (n, total, newest) in sorted(months.get(key, {}).items())
        ]
    return with_tops(with_benchmarks(sorted(found.values(), key=lambda s: (-s.n, s.slug))))


def with_tops(series: Iterable[Series]) -> list[Series]:
    """The same series, each with the end of its scale: a mean of items ends where theirs do, so
    that 3 of 4 does not look like all there is. A published version's is read once and kept."""
    series = list(series)
    for each in series:
        measure = each.measure
        each.top = _frozen_top(measure) if measure.version.published_at else _top(measure)
    return series


def _top(measure: Measure) -> float | None:
    if measure.formula != Measure.FormulaName.MEAN:
        return measure.top
    keys = measure.parameters.get("items", [])
    items = Item.objects.filter(version=measure.version_id, key__in=keys)
    top = items.aggregate(top=Max("scale__levels__value"))["top"]
    return measure.top if top is None else top


_frozen_top = lru_cache(maxsize=256)(_top)  # a measure is known by its id


_kept: dict[int, Measure] = {}  # of published versions, by id: the database keeps them frozen


def measures_of(pks: Iterable[int]) -> dict[int, Measure]:
    """By id, with their versions and instruments. What is frozen is read once by a process; an
    instrument's name may change, so it is read each time. One query, two where some are new."""
    wanted = set(pks)
    found = {pk: copy(_kept[pk]) for pk in wanted if pk in _kept}
    if fresh := wanted - found.keys():
        read = Measure.objects.select_related("version").in_bulk(fresh)
        _kept.update({pk: copy(each) for pk, each in read.items() if each.version.published_at})
        found |= read
    named = _instruments(sorted({m.version.instrument_id for m in found.values()}))
    instruments = {each.pk: each for each in named}
    for measure in found.values():
        measure.version = copy(measure.version)
        measure.version.instrument = instruments[measure.version.instrument_id]
    return found


@prepared
def _instruments(pks: list[int]) -> QuerySet[Instrument]:
    return Instrument.objects.filter(pk__in=pks)


@prepared
def _benchmarks(measures: list[int]) -> QuerySet[Benchmark]:
    return Benchmark.objects.filter(measure__in=measures).order_by("value")


def with_benchmarks(series: Iterable[Series]) -> list[Series]:
    """The same series, each with its measure's benchmarks. One query."""
    series = list(series)
    by_measure: dict[int, list[Benchmark]] = {}
    for benchmark in _benchmarks(sorted({each.measure.pk for each in series})):
        by_measure.setdefault(benchmark.measure_id, []).append(benchmark)
    for each in series:
        each.benchmarks = by_measure.get(each.measure.pk, [])
    return series
