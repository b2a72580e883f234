"""Item by time: what a measure's score is made of, month by month; of one person, review by review.

Items of several versions join by their key, so that a change of wording alone breaks no row.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from fidelity.filters import Filters, after
from fidelity.models import Answer, Item, ItemSum, Review
from fidelity.periods import beginning
from fidelity.series import Series
from fidelity.suppression import is_small
from fidelity.tiles import month, short_day, when
from portal.charts import Heat, HeatCell, HeatRow, heat_map
from portal.prepared import prepared

MOST_COLUMNS = 12  # what a phone has room for with a number in each cell


@dataclass(frozen=True)
class Found:
    """The answers to one item in one column: a month, or a review on a day."""

    item: int
    column: Any
    n: int
    total: float


@dataclass(frozen=True)
class TableRow:
    label: str
    cells: list[tuple[str, str]]  # words and where they lead


@dataclass(frozen=True)
class HeatMap:
    chart: Heat
    columns: list[str]
    rows: list[TableRow]
    description: str


def of_team(
    series: Series,
    reviews: QuerySet[Review],
    filters: Filters,
    address: Callable[[date, str], str],
) -> HeatMap | None:
    """Of the reviews behind a series; `address` leads from a month and an item's key to them. Two
    queries."""
    months = [point.on for point in series.points][-MOST_COLUMNS:]
    if not months:
        return None
    shown = behind(series, reviews, filters).filter(practised_on__gte=months[0])
    groups = (
        Answer.objects.filter(review__in=shown, value__isnull=False)
        .annotate(month=TruncMonth("review__practised_on"))
        .values_list("item", "month")
        .annotate(n=Count("pk"), total=Sum("value"))
        .order_by()
    )
    return _map(series, (Found(*row) for row in groups), months, month, address)


def of_programme(series: Series, agency: int, filters: Filters) -> HeatMap | None:
    """From the sums, the parts that fidelity.programme shows of the series, and of them no item
    with 1 to 10. Two queries."""
    columns = [point.on for point in series.points][-MOST_COLUMNS:]
    if not columns:
        return None
    shown = set(series.available)
    sums: dict[tuple[int, date], tuple[int, float]] = {}
    instrument = series.measure.version.instrument_id
    for item, on, n, total, version in _sums(agency, instrument, series.source, columns[0]):
        part = beginning(on, series.period)
        if (part, version) in shown and filters.version in (None, version):
            before = sums.get((item, part), (0, 0.0))
            sums[item, part] = (before[0] + n, before[1] + float(total))
    found = (Found(item, on, *sum_) for (item, on), sum_ in sums.items() if not is_small(sum_[0]))
    return _map(series, found, columns, lambda on: when(on, series.period), lambda on, key: "")


@prepared
def _sums(agency: int, instrument: int, source: str, since: date) -> QuerySet[Any, Any]:
    found = ItemSum.objects.filter(
        agency=agency, item__version__instrument=instrument, source=source, n__gt=0
    ).filter(month__gte=since)
    return found.values_list("item", "month", "n", "total", "item__version__number")


def of_person(
    several: Sequence[Series], address: Callable[[int], str]
) -> tuple[HeatMap, Series] | None:
    """One person's latest reviews behind the first of these series that has items, a column each;
    and that series. What another tool's file brought has scores alone. Two queries."""
    days = {
        point.review_id: point.on
        for series in several
        for point in series.points[-MOST_COLUMNS:]
        if point.review_id is not None
    }
    rows = Answer.objects.filter(review__in=list(days), value__isnull=False)
    values: dict[int, list[Found]] = {}
    for item, pk, value in _values(rows):
        values.setdefault(pk, []).append(Found(item, pk, 1, value))
    for series in several:
        columns = [point.review_id for point in series.points[-MOST_COLUMNS:]]
        found = [each for pk in columns for each in values.get(pk or 0, ())]
        drawn = _map(
            series, found, columns, lambda pk: short_day(days[pk]), lambda pk, key: address(pk)
        )
        if drawn:
            return drawn, series
    return None


def _values(answers: QuerySet[Answer]) -> Iterable[tuple[int, int, float]]:
    return answers.values_list("item", "review", "value")  # type: ignore[return-value]


def behind(series: Series, reviews: QuerySet[Review], filters: Filters) -> QuerySet[Review]:
    """The reviews that a series is made of, as filtered."""
    found = reviews.filter(
        source=series.source, version__instrument=series.measure.version.instrument_id
    )
    if filters.version:
        found = found.filter(version__number=filters.version)
    if filters.since:
        found = found.filter(practised_on__gte=filters.since)
    if filters.until:
        found = found.filter(practised_on__lt=after(filters.until))
    return found


def _map(
    series: Series,
    found: Iterable[Found],
    columns: Sequence[Any],
    words: Callable[[Any], str],
    address: Callable[[Any, str], str],
) -> HeatMap | None:
    found = list(found)
    if not found:
        return None
    items = {item.pk: item for item in _items(sorted({each.item for each in found}))}
    sums: dict[str, dict[Any, tuple[int, float]]] = {}
    newest: dict[str, Any] = {}
    for each in found:
        item = items[each.item]
        at = sums.setdefault(item.key, {})
        n, total = at.get(each.column, (0, 0.0))
        at[each.column] = (n + each.n, total + each.total)
        if item.key not in newest or item.pk > newest[item.key].pk:
            newest[item.key] = item
    keys = sorted(sums, key=lambda key: newest[key].place)
    labels = [words(column) for column in columns]
    rows = [
        _row(newest[key], sums[key], columns, labels, lambda at, key=key: address(at, key))  # type: ignore[misc]
        for key in keys
    ]
    return HeatMap(
        heat_map(rows, labels),
        labels,
        [
            TableRow(row.label, [(c.text, c.url) if c else ("–", "") for c in row.cells])
            for row in rows
        ],
        _("Items of %(instrument)s over time, %(source)s. The numbers are in the table below.")
        % {"instrument": series.measure.version.instrument, "source": series.source_label},
    )


@prepared
def _items(pks: list[int]) -> QuerySet[Any]:
    # The ends of the scales in the same query: the levels of each item would be one more.
    ends = {"low": Min("scale__levels__value"), "high": Max("scale__levels__value")}
    return Item.objects.filter(pk__in=pks).annotate(**ends).order_by()


def _row(
    item: Any,
    sums: dict[Any, tuple[int, float]],
    columns: Sequence[Any],
    labels: Sequence[str],
    address: Callable[[Any], str],
) -> HeatRow:
    means = {column: total / n for column, (n, total) in sums.items()}
    low, high = _ends(item, means.values())
    cells: list[HeatCell | None] = []
    for column, label in zip(columns, labels, strict=True):
        if column not in means:
            cells.append(None)
            continue
        value, n = means[column], sums[column][0]
        share = (value - low) / (high - low) if high > low else 0.0
        told = _("%(item)s, %(when)s: %(value)s, n %(n)s") % {
            "item": item.wording,
            "when": label,
            "value": _written(item, value),
            "n": n,
        }
        cells.append(HeatCell(share, _written(item, value), told, address(column)))
    return HeatRow(item.wording, cells)


def _ends(item: Any, means: Iterable[float]) -> tuple[float, float]:
    """Where an item's scale begins and ends; a count's ends at the largest that is shown."""
    if item.kind == Item.Kind.SCALE:
        return item.low, item.high
    return 0.0, {Item.Kind.YES_NO: 1.0, Item.Kind.PERCENT: 100.0}.get(
        Item.Kind(item.kind), max(means, default=0.0)
    )


def _written(item: Item, value: float) -> str:
    if item.kind == Item.Kind.YES_NO:
        return f"{round(100 * value)}%"
    if item.kind == Item.Kind.PERCENT:
        return f"{round(value)}%"
    return number_format(round(value, 1), 0 if value == int(value) else 1)
