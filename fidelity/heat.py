"""Item by time: what a measure's score is made of, month by month; of one person, review by review.

Items of several versions join by their key, so that a change of wording alone breaks no row.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
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


class Found(NamedTuple):
    """The answers to one item in one column: a month, or a review on a day."""

    item: int
    column: Any
    n: int
    total: float


@dataclass(frozen=True)
class TableRow:
    label: str
    cells: list[tuple[str, str]]  # words and where they lead

    @property
    def drawn(self) -> SafeString:
        """As a row of HTML, in one piece: there are hundreds of cells, and templates take long."""
        cells = "".join(
            f'<td><a href="{escape(url)}">{escape(words)}</a></td>'
            if url
            else f"<td>{escape(words)}</td>"
            for words, url in self.cells
        )
        row = f'<tr><th scope="row">{escape(self.label)}</th>{cells}</tr>'
        return mark_safe(row)  # noqa: S308 - all text is escaped


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
        shown.filter(answers__value__isnull=False)
        .annotate(month=TruncMonth("practised_on"))
        .order_by()
        .values_list("answers__item", "month")
        .annotate(n=Count("answers__value"), total=Sum("answers__value"))
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
    and that series. What another tool's file brought has scores alone. Two queries; three where the
    first series has no items."""
    values: dict[int, list[Found]] = {}
    days: dict[int, date] = {}

    def day_of(review: int) -> str:
        return short_day(days[review])

    for place, series in enumerate(several):
        if place < 2:  # those of the first, then of all the others
            asked = _latest(several[:1] if place == 0 else several[1:])
            for item, pk, value in _values(sorted(asked)):
                values.setdefault(pk, []).append(Found(item, pk, 1, value))
            days.update(asked)
        columns = list(_latest([series]))
        found = [each for pk in columns for each in values.get(pk, ())]
        drawn = _map(series, found, columns, day_of, lambda pk, key: address(pk))
        if drawn:
            return drawn, series
    return None


def _latest(several: Sequence[Series]) -> dict[int, date]:
    """The days of the latest reviews of these series, by the reviews' ids."""
    return {
        point.review_id: point.on
        for series in several
        for point in series.points[-MOST_COLUMNS:]
        if point.review_id is not None
    }


@prepared
def _values(reviews: list[int]) -> QuerySet[Any, Any]:
    rows = Answer.objects.filter(review__in=reviews, value__isnull=False)
    return rows.values_list("item", "review", "value")


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
    items = items_of({each.item for each in found})
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
    language, told = get_language(), _("%(item)s, %(when)s: %(value)s, n %(n)s")
    rows = [
        _row(
            newest[key],
            sums[key],
            columns,
            labels,
            lambda at, key=key: address(at, key),  # type: ignore[misc]
            language,
            told,
        )
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


_kept: dict[int, Any] = {}  # items of published versions, by id: the database keeps them frozen


def items_of(pks: Iterable[int]) -> dict[int, Any]:
    """By id, each with the ends of its scale. What is frozen is read once by a process. One query
    where some are new."""
    wanted = set(pks)
    found = {pk: _kept[pk] for pk in wanted if pk in _kept}
    if fresh := wanted - found.keys():
        read = {item.pk: item for item in _items(sorted(fresh))}
        _kept.update({pk: item for pk, item in read.items() if item.is_frozen})
        found |= read
    return found


@prepared
def _items(pks: list[int]) -> QuerySet[Any]:
    # The ends of the scales in the same query: the levels of each item would be one more.
    ends = {"low": Min("scale__levels__value"), "high": Max("scale__levels__value")}
    frozen = Q(version__published_at__isnull=False)
    return Item.objects.filter(pk__in=pks).annotate(is_frozen=frozen, **ends).order_by()


def _row(
    item: Any,
    sums: dict[Any, tuple[int, float]],
    columns: Sequence[Any],
    labels: Sequence[str],
    address: Callable[[Any], str],
    language: str | None,
    told: str,
) -> HeatRow:
    means = {column: total / n for column, (n, total) in sums.items()}
    low, high = _ends(item, means.values())
    wording = str(item)  # in the language of who reads: an item is kept from one to the next
    cells: list[HeatCell | None] = []
    for column, label in zip(columns, labels, strict=True):
        if column not in means:
            cells.append(None)
            continue
        value = means[column]
        share = (value - low) / (high - low) if high > low else 0.0
        words = _written(item, value, language)
        said = told % {
            "item": wording,
            "when": label,
            "value": words,
            "n": sums[column][0],
        }
        cells.append(HeatCell(share, words, said, address(column)))
    return HeatRow(wording, cells)


def _ends(item: Any, means: Iterable[float]) -> tuple[float, float]:
    """Where an item's scale begins and ends; a count's ends at the largest that is shown."""
    if item.kind == Item.Kind.SCALE:
        return item.low, item.high
    return 0.0, {Item.Kind.YES_NO: 1.0, Item.Kind.PERCENT: 100.0}.get(
        Item.Kind(item.kind), max(means, default=0.0)
    )


def _written(item: Item, value: float, language: str | None) -> str:
    if item.kind == Item.Kind.YES_NO:
        return f"{round(100 * value)}%"
    if item.kind == Item.Kind.PERCENT:
        return f"{round(value)}%"
    return _number(round(value, 1), 0 if value == int(value) else 1, language)


@lru_cache(maxsize=1024)  # a map has hundreds of numbers, most of them the same
def _number(value: float, digits: int, _language: str | None) -> str:
    return number_format(value, digits)
