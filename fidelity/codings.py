"""Codings of recordings: those shown as good practice and those shown as poor, apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from statistics import median, quantiles
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fidelity.listed import addresses
from fidelity.models import Measure, Recording, Score
from fidelity.series import Series, measures_of, with_benchmarks
from portal.charts import Row, Strip, strip_chart

GROUPS = [Recording.Quality.HIGH, Recording.Quality.LOW, Recording.Quality.UNKNOWN]


@dataclass(frozen=True)
class Group:
    """One quality's scores on one measure: n, and five numbers of them."""

    label: str
    n: int
    not_computable: int
    lowest: str
    quarter: str
    half: str
    three_quarters: str
    highest: str


@dataclass(frozen=True)
class Panel:
    """One measure over all groups."""

    series: Series
    sentence: str
    foot: str
    chart: Strip
    groups: list[Group]


class Coded(NamedTuple):
    """One score of one coding."""

    review_id: int
    measure_id: int
    value: float | None
    annotator: str
    recording_id: int
    recording: str
    quality: str
    source: str
    origin: str


def coded(recordings: QuerySet[Recording] | list[int]) -> list[Coded]:
    """The scores of outside annotators, by recording and annotator. One query. Those of a
    calibration round are blind until all are in, and have a page of their own."""
    scores = Score.objects.filter(
        review__recording__in=recordings, review__submitted_at__isnull=False
    ).exclude(review__annotator="")
    scores = scores.order_by("review__recording_id", "review__annotator", "review_id", "measure_id")
    return [
        Coded(*row)
        for row in scores.values_list(
            "review",
            "measure",
            "value",
            "review__annotator",
            "review__recording",
            "review__recording__label",
            "review__recording__quality",
            "review__source",
            "review__recording__origin",
        )
    ]


def panels(scores: Iterable[Coded]) -> list[Panel]:
    """A panel a measure; versions of an instrument join by the measure's key. Two queries."""
    scores = list(scores)
    measures = measures_of(score.measure_id for score in scores)
    scores.sort(key=lambda score: _in_order(measures[score.measure_id]))
    by_key: dict[tuple[int, str], list[Coded]] = {}
    for score in scores:
        measure = measures[score.measure_id]
        by_key.setdefault((measure.version.instrument_id, measure.key), []).append(score)
    series = with_benchmarks(
        Series(measures[max(score.measure_id for score in group)], group[0].source)
        for group in by_key.values()
    )
    return [_panel(each, group) for each, group in zip(series, by_key.values(), strict=True)]


def _in_order(measure: Measure) -> tuple[int, int]:
    return measure.version.instrument_id, measure.place


def coded_by_many(scores: Iterable[Coded]) -> int:
    """How many recordings more than one annotator coded: they weigh more than once."""
    raters: dict[int, set[str]] = {}
    for score in scores:
        raters.setdefault(score.recording_id, set()).add(score.annotator)
    return sum(len(theirs) > 1 for theirs in raters.values())


@dataclass(frozen=True)
class Coding:
    """One annotator's coding of one recording: where it is, and its scores in words."""

    url: str
    annotator: str
    words: str


def codings_of(recordings: list[int]) -> dict[int, list[Coding]]:
    """Each recording's codings, by annotator. Two queries."""
    scores = coded(recordings)
    measures, address = (
        measures_of(score.measure_id for score in scores),
        addresses("fidelity:reviews.show"),
    )
    found: dict[int, list[Coding]] = {}
    for (recording, review), theirs in groupby(
        scores, key=lambda score: (score.recording_id, score.review_id)
    ):
        ordered = sorted(theirs, key=lambda score: _in_order(measures[score.measure_id]))
        words = (
            f"{measures[score.measure_id]} {measures[score.measure_id].words_for(score.value)}"
            for score in ordered
        )
        coding = Coding(address(review), ordered[0].annotator, "; ".join(words))
        found.setdefault(recording, []).append(coding)
    return found


def _panel(series: Series, scores: list[Coded]) -> Panel:
    measure = series.measure
    address, words = addresses("fidelity:reviews.show"), cache(measure.words_for)
    groups: list[Group] = []
    rows: list[Row] = []
    halves: dict[str, float] = {}
    for quality in GROUPS:
        theirs = [score for score in scores if score.quality == quality]
        if not theirs:
            continue
        dots = [
            (
                score.value,
                address(score.review_id),
                f"{score.recording}, {score.annotator}: {words(score.value)}",
            )
            for score in theirs
            if score.value is not None
        ]
        values = [value for value, _url, _label in dots]
        groups.append(_group(measure, str(quality.label), values, len(theirs)))
        label = _("%(quality)s: n %(n)s") % {"quality": quality.label, "n": len(theirs)}
        rows.append(Row(label[:1].upper() + label[1:], dots))
        if values:
            halves[quality] = median(values)
    benchmarks = [(benchmark.spoken_label, benchmark.value) for benchmark in series.benchmarks]
    chart = strip_chart(
        rows, words=measure.words_for, short=measure.short, benchmarks=benchmarks, high=measure.top
    )
    return Panel(series, _sentence(measure, halves), _foot(scores), chart, groups)


def _group(measure: Measure, label: str, values: list[float], n: int) -> Group:
    """Quartiles as the median of halves would give them for large n: `quantiles`, inclusive."""
    if len(values) > 1:
        quarter, half, three_quarters = quantiles(values, n=4, method="inclusive")
    else:
        quarter = half = three_quarters = values[0] if values else None  # type: ignore[assignment]
    words = measure.words_for
    return Group(
        label,
        n,
        n - len(values),
        words(min(values, default=None)),
        words(quarter),
        words(half),
        words(three_quarters),
        words(max(values, default=None)),
    )


def _sentence(measure: Measure, halves: dict[str, float]) -> str:
    high, low = halves.get(Recording.Quality.HIGH), halves.get(Recording.Quality.LOW)
    if high is None or low is None:
        return _("%(about)s Only one kind of conversation is here yet.") % {
            "about": measure.spoken_about
        }
    return _(
        "Half of the codings of conversations shown as good practice reach %(high)s; "
        "of those shown as poor practice, %(low)s."
    ) % {"high": measure.words_for(high), "low": measure.words_for(low)}


def _foot(scores: list[Coded]) -> str:
    heard = len({score.recording_id for score in scores})
    raters = len({score.annotator for score in scores})
    words = _("%(codings)s of %(conversations)s, from recordings, by %(raters)s.") % {
        "codings": ngettext("%(n)s coding", "%(n)s codings", len(scores)) % {"n": len(scores)},
        "conversations": ngettext("%(n)s conversation", "%(n)s conversations", heard)
        % {"n": heard},
        "raters": ngettext("%(n)s outside annotator", "%(n)s outside annotators", raters)
        % {"n": raters},
    }
    without = sum(score.value is None for score in scores)
    if without:
        words += " " + ngettext(
            "%(n)s of them has nothing to divide by: not computable, and not drawn.",
            "%(n)s of them have nothing to divide by: not computable, and not drawn.",
            without,
        ) % {"n": without}
    return words
