"""A team's or a programme's course, judged by one of five charts, with one plain sentence above.

Outside a team small months are left out, from the chart and from the verdict; so is the line of
those who stayed where it would let a small group be derived.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from html import escape
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fidelity import throughout
from fidelity.cells import of_agency, raters_of
from fidelity.drift.cusum import cusum_of
from fidelity.drift.ewma import ewma_of
from fidelity.drift.finding import FEWEST_POINTS, Direction, Finding, Verdict
from fidelity.drift.p_chart import p_chart
from fidelity.drift.run_chart import assess
from fidelity.drift.told_apart import Drift, told_apart
from fidelity.drift.xmr import xmr
from fidelity.filters import Filters
from fidelity.models import Annotation, Calibration, Review
from fidelity.names import names_of
from fidelity.programme import programme_of
from fidelity.series import Point, Series
from fidelity.throughout import scores_of
from fidelity.tiles import month
from portal.agencies.models import Agency
from portal.charts import Mark, Run, run_chart

CHARTS = {
    "run": gettext_lazy("Run chart"),
    "xmr": gettext_lazy("XmR"),
    "p": gettext_lazy("p-chart"),
    "ewma": gettext_lazy("EWMA"),
    "cusum": gettext_lazy("CUSUM"),
}
ABOUT = {
    "run": gettext_lazy("The line across is the median. Judged by the rules of Anhøj and Olesen."),
    "xmr": gettext_lazy("The dashed lines are the mean ± 2.66 times the mean moving range."),
    "p": gettext_lazy(
        "The share of reviews that reach “%(benchmark)s”. The dashed lines are 3 standard "
        "deviations of a share of that month's n."
    ),
    "ewma": gettext_lazy(
        "Each point is a fifth of its month and four fifths of the point before. The dashed lines "
        "are 3 standard deviations of that."
    ),
    "cusum": gettext_lazy(
        "The full line adds up what lies above the mean, the dashed one what lies below, each less "
        "half a standard deviation. The limit is at 5."
    ),
}


class Row(NamedTuple):
    """A month in the table behind; `throughout` and `drawn` are empty where there is none."""

    when: str
    value: str
    n: int
    throughout: str
    drawn: str
    note: str


@dataclass(frozen=True)
class Page:
    series: Series
    kind: str
    sentence: str
    behind: str  # which of the three drifts it may be
    rests_on: str
    about: str
    chart: Run
    rows: list[Row]
    notes: list[tuple[int, str]] = field(default_factory=list)
    drawn_label: str = ""

    @property
    def body(self) -> SafeString:
        """The rows of the table behind, in one piece: a template takes long for each."""
        value, n, note = escape(_("Mean")), escape(_("Reviews")), escape(_("Note"))
        throughout, drawn = escape(_("Of those here throughout")), escape(self.drawn_label)
        rows = (
            f'<tr><th scope="row">{escape(row.when)}</th>'
            f'<td data-label="{value}">{escape(row.value)}</td><td data-label="{n}">{row.n}</td>'
            + (f'<td data-label="{drawn}">{escape(row.drawn)}</td>' if drawn else "")
            + f'<td data-label="{throughout}">{escape(row.throughout or "–")}</td>'
            f'<td data-label="{note}">{escape(row.note or "–")}</td></tr>'
            for row in self.rows
        )
        return mark_safe("\n".join(rows))  # noqa: S308 - all text is escaped


@dataclass(frozen=True)
class Drawn:
    """What a chart draws for the points, and what it finds."""

    values: Sequence[float]
    finding: Finding
    centre: float | None
    bounds: Sequence[tuple[float, float]] = ()
    second: Sequence[float | None] = ()


def available(agency: int) -> list[Series]:
    """The series of a programme whose months are shown: of others a month is too small."""
    found = programme_of(of_agency(agency)).series(Filters())
    return [series for series in found if series.period == "month"]


def with_raters(series: Series, agency: int) -> Series:
    """The same series of a programme with who scored it and since when. One query."""
    for measure, reviewer, first in raters_of(agency, series.measures, series.source):
        series.add_raters(series.measures[measure], [reviewer], first, first)
    return series


def page_of_team(
    series: Series, reviews: QuerySet[Review], *, kind: str, agencies: Sequence[int]
) -> Page:
    """The page of a series of a team's. Eight queries at most."""
    stayed = throughout.of_team(series, reviews, agencies)
    return _page(series, reviews, stayed, kind=kind, agencies=agencies)


def page_of_programme(series: Series, agency: Agency, *, kind: str) -> Page:
    """The page of a series of a programme's, from the sums. Nine queries at most."""
    series = with_raters(series, agency.pk)
    stayed = throughout.of_programme(series, agency)
    reviews = Review.objects.of_programme(agency)
    return _page(series, reviews, stayed, kind=kind, agencies=[agency.pk])


def _page(
    series: Series,
    reviews: QuerySet[Review],
    stayed: dict[date, Point],
    *,
    kind: str,
    agencies: Sequence[int],
) -> Page:
    if (kind == "p" and not series.benchmarks) or kind not in CHARTS:
        kind = "run"
    months = [point.on for point in series.points]
    drawn = _drawn(kind, series, reviews)
    notes = _notes(series, agencies, months)
    second: Sequence[float | None] = drawn.second
    if kind == "run":
        second = [stayed[on].value if on in stayed else None for on in months]
    words = _percent if kind == "p" else series.measure.words_for
    return Page(
        series=series,
        kind=kind,
        sentence=_sentence(series, drawn.finding, months),
        behind=_behind(series, drawn.finding, stayed, kind),
        rests_on=_rests_on(series, agencies),
        about=_about(kind, series),
        chart=_chart(series, kind, drawn, second, notes),
        rows=[
            Row(
                month(point.on),
                series.measure.words_for(point.value),
                point.n,
                series.measure.words_for(stayed[point.on].value) if point.on in stayed else "",
                words(value) if kind in ("p", "ewma") else "",
                "; ".join(said for place, said in notes if place == at),
            )
            for at, (point, value) in enumerate(zip(series.points, drawn.values, strict=True))
        ],
        notes=list(enumerate((f"{month(months[at])}: {said}" for at, said in notes), start=1)),
        drawn_label=str(CHARTS[kind]) if kind in ("p", "ewma") else "",
    )


def _drawn(kind: str, series: Series, reviews: QuerySet[Review]) -> Drawn:
    values = [point.value for point in series.points]
    if kind == "run":
        found = assess(values)
        enough = found.verdict != Verdict.TOO_FEW
        return Drawn(values, found.finding, found.median if enough else None)
    if kind == "p":
        return _shares(series, reviews)
    nothing = Drawn(values, Finding(Verdict.TOO_FEW, len(values)), None)
    if kind == "xmr":
        limits = xmr(values)
        if limits is None:
            return nothing
        bounds = [_within(series, limits.low, limits.high)] * len(values)
        return Drawn(values, limits.finding, limits.centre, bounds)
    if kind == "ewma":
        average = ewma_of(values)
        if average is None:
            return nothing
        return Drawn(
            [each.value for each in average.averages],
            average.finding,
            average.target,
            [_within(series, each.low, each.high) for each in average.averages],
        )
    sums = cusum_of(values)
    if sums is None:
        return nothing
    return Drawn(
        [each.high for each in sums.sums],
        sums.finding,
        None,
        [(0.0, sums.limit)] * len(values),
        [each.low for each in sums.sums],
    )


def _within(series: Series, low: float, high: float) -> tuple[float, float]:
    """Limits that lie off a measure's scale are drawn at its end."""
    return max(0.0, low), min(high, series.top) if series.top is not None else high


def _shares(series: Series, reviews: QuerySet[Review]) -> Drawn:
    """How many reviews a month reach the lowest benchmark."""
    fair = series.benchmarks[0].value
    counted = (
        scores_of(series, reviews)
        .annotate(month=TruncMonth("review__practised_on"))
        .values("month")
        .annotate(reach=Count("pk", filter=Q(value__gte=fair)), n=Count("pk"))
    )
    by_month = {on: (reach, n) for on, reach, n in counted.values_list("month", "reach", "n")}
    chart = p_chart([by_month[point.on] for point in series.points])
    assert chart is not None  # a month is here because something was scored in it
    return Drawn(
        [100 * (share.value or 0.0) for share in chart.shares],
        chart.finding,
        100 * chart.centre,
        [(100 * share.low, 100 * share.high) for share in chart.shares],
    )


def _notes(series: Series, agencies: Sequence[int], months: list[date]) -> list[tuple[int, str]]:
    """What happened, at the place of the month when it did, or of the next that is drawn. Two
    queries."""
    said = [
        (on, _("version %(number)s of the instrument") % {"number": number})
        for number, on in sorted(series.began.items(), key=lambda each: each[1])[1:]
    ]
    said += _new_raters(series.raters, months)
    kept = Annotation.objects.filter(agency__in=agencies)
    said += [(each.on, str(each)) for each in kept]
    found = []
    for on, words in sorted(said):
        begin = on.replace(day=1)
        place = next((at for at, each in enumerate(months) if each >= begin), None)
        if place is not None and begin >= months[0]:
            found.append((place, words))
    return found


def _new_raters(raters: dict[int, date], months: list[date]) -> list[tuple[date, str]]:
    """Who scored this series for the first time, a note a month; those of its first month began
    it. A change that comes with a new rater may be the rater's. One query."""
    fresh: dict[date, list[int]] = {}
    for rater, on in raters.items():
        if months and on.replace(day=1) > months[0]:
            fresh.setdefault(on.replace(day=1), []).append(rater)
    names = names_of(rater for theirs in fresh.values() for rater in theirs) if fresh else {}
    return [
        (
            begin,
            ngettext("new rater: %(names)s", "new raters: %(names)s", len(theirs))
            % {"names": ", ".join(sorted(names[rater] for rater in theirs))},
        )
        for begin, theirs in fresh.items()
    ]


def _chart(
    series: Series,
    kind: str,
    drawn: Drawn,
    second: Sequence[float | None],
    notes: list[tuple[int, str]],
) -> Run:
    short = {"p": _percent, "cusum": _number}.get(kind, series.measure.short)
    words = _percent if kind == "p" else series.measure.words_for
    since = drawn.finding.since
    marks = [
        Mark(
            value,
            month(point.on),
            _("%(month)s: %(value)s, n %(n)s")
            % {
                "month": month(point.on),
                "value": _number(value) if kind == "cusum" else words(value),
                "n": point.n,
            },
            stands_out=since is not None and place >= since,
        )
        for place, (point, value) in enumerate(zip(series.points, drawn.values, strict=True))
    ]
    label = _("median %s") if kind == "run" else _("mean %s")
    numbered: dict[int, list[str]] = {}
    for number, (place, _said) in enumerate(notes, start=1):
        numbered.setdefault(place, []).append(str(number))
    compares = kind not in ("p", "cusum")
    return run_chart(
        marks,
        words=short,
        median=drawn.centre,
        median_label=label % words(drawn.centre) if drawn.centre is not None else "",
        benchmarks=[(each.spoken_label, each.value) for each in series.benchmarks]
        if compares
        else [],
        high=100.0 if kind == "p" else None if kind == "cusum" else series.top,
        second=second,
        bounds=drawn.bounds,
        notes=[(place, ", ".join(numbers)) for place, numbers in numbered.items()],
    )


def _percent(value: float | None) -> str:
    return f"{round(value or 0)}%"


def _number(value: float) -> str:
    return f"{value:.3g}"


def _sentence(series: Series, found: Finding, months: list[date]) -> str:
    told = {
        "months": len(months),
        "reviews": ngettext("%(n)s review", "%(n)s reviews", series.n) % {"n": series.n},
        "source": series.source_label,
        "raters": ngettext("%(n)s rater", "%(n)s raters", len(series.reviewers))
        % {"n": len(series.reviewers)},
        "fewest": FEWEST_POINTS,
    }
    if found.kind == Verdict.TOO_FEW:
        return (
            _(
                "Too few points yet to tell drift from chance: %(months)s of the %(fewest)s months "
                "or more that it takes (%(reviews)s, %(source)s, %(raters)s)."
            )
            % told
        )
    if found.kind == Verdict.STABLE:
        return (
            _(
                "Stable: %(months)s months vary as chance alone would (%(reviews)s, %(source)s, "
                "%(raters)s)."
            )
            % told
        )
    if found.since is None:
        return (
            _(
                "A signal: in %(months)s months something changed, and this rule does not tell "
                "when (%(reviews)s, %(source)s, %(raters)s)."
            )
            % told
        )
    told["since"] = month(months[found.since])
    if found.direction == Direction.UP:
        return _("A signal since %(since)s, upward (%(reviews)s, %(source)s, %(raters)s).") % told
    return _("A signal since %(since)s, downward (%(reviews)s, %(source)s, %(raters)s).") % told


def _behind(series: Series, found: Finding, stayed: dict[date, Point], kind: str) -> str:
    """Practice, or who is scored: those who stayed are judged as everybody was."""
    if not found.is_signal or kind == "p":
        return ""
    line = replace(series, points=list(stayed.values()))
    told = told_apart(found, _drawn(kind, line, Review.objects.none()).finding, {})
    if Drift.PRACTICE in told.possible:
        return _("Those who were here throughout moved the same way: practice itself may have.")
    if Drift.WHO_IS_SCORED in told.possible:
        return _(
            "Those who were here throughout did not move with it: it may be who is scored that "
            "changed, and not how people practise."
        )
    return _(
        "Too few months have scores of people who were here throughout to say whether practice "
        "moved, or who is scored."
    )


def _rests_on(series: Series, agencies: Sequence[int]) -> str:
    raters = {pk for pk in series.reviewers if pk is not None}
    current = Calibration.objects.current(
        raters, instrument=series.measure.version.instrument_id, agencies=agencies
    )
    return ngettext(
        "%(current)s of %(n)s rater has a current calibration with this instrument.",
        "%(current)s of %(n)s raters have a current calibration with this instrument.",
        len(raters),
    ) % {"current": len(current), "n": len(raters)}


def _about(kind: str, series: Series) -> str:
    words = str(ABOUT[kind])
    return words % {"benchmark": series.benchmarks[0].spoken_label} if kind == "p" else words
