"""A series as a tile: one plain sentence, one chart, what it rests on, and a table behind it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fidelity.drift.run_chart import FEWEST_POINTS, Assessment, Verdict, assess
from fidelity.series import Point, Series
from portal.charts import Mark, Run, run_chart


@dataclass(frozen=True)
class TableRow:
    when: str
    value: str
    n: int
    url: str
    stands_out: bool


@dataclass(frozen=True)
class Tile:
    series: Series
    sentence: str
    foot: str
    chart: Run
    rows: list[TableRow]
    monthly: bool
    comparators: list[str] = field(default_factory=list)  # the own past first
    next_url: str = ""

    @property
    def notes(self) -> list[str]:
        """What the marks on the chart say: where a new version of the instrument begins."""
        return [
            _("v%(number)s: from %(when)s on with version %(number)s of the instrument.")
            % {"number": number, "when": self.rows[place].when}
            for place, number in self.series.new_versions
        ]

    @property
    def description(self) -> str:
        """What the picture is, for someone who does not see it."""
        return _("%(measure)s over time, %(source)s: %(sentence)s") % {
            "measure": self.series.measure,
            "source": self.series.source_label,
            "sentence": self.sentence,
        }


def course_tile(series: Series, *, back: str = "", next_url: str = "") -> Tile:
    """One person's raw points: own past, no median and no verdict. `back` is where a review that a
    mark leads to leads back to."""
    marks = [
        Mark(
            point.value,
            short_day(point.on),
            f"{short_day(point.on)}: {series.measure.words_for(point.value)}",
            leading_back(reverse("fidelity:reviews.show", args=[point.review_id]), back),
        )
        for point in series.points
    ]
    return Tile(
        series,
        _course_sentence(series),
        _rests_on(series),
        _chart(series, marks),
        _rows(series, marks),
        monthly=False,
        comparators=_own_past(series),
        next_url=next_url,
    )


def group_tile(
    series: Series,
    *,
    address: Callable[[date], str] = lambda on: "",
    comparators: tuple[str, ...] = (),
    next_url: str = "",
) -> Tile:
    """Several people's monthly means, judged by Anhøj's rules; `address` leads from a month to what
    is behind it."""
    found = assess([point.value for point in series.points])
    out = _standing_out(found)
    told = _("%(month)s: %(value)s, n %(n)s")
    marks = [
        Mark(
            point.value,
            (said := when(point.on, series.period)),
            told
            % {
                "month": said,
                "value": series.measure.words_for(point.value),
                "n": point.n,
            },
            address(point.on),
            stands_out=place in out,
        )
        for place, point in enumerate(series.points)
    ]
    people, reviewers = len(series.people), len(series.reviewers)
    median = found.median if found.verdict != Verdict.TOO_FEW else None
    foot = _rests_on(series)
    if people:
        of = ngettext("%(n)s person", "%(n)s people", people) % {"n": people}
        by = ngettext("%(n)s reviewer", "%(n)s reviewers", reviewers) % {"n": reviewers}
        foot = _("%(rests)s, of %(of)s, by %(by)s") % {"rests": foot, "of": of, "by": by}
    return Tile(
        series,
        _team_sentence(series, found),
        foot,
        _chart(series, marks, median),
        _rows(series, marks),
        monthly=True,
        comparators=[*_own_past(series), *comparators],
        next_url=next_url,
    )


def leading_back(url: str, back: str) -> str:
    """The address with the way back in it, for a page that many lead to."""
    return f"{url}?{urlencode({'back': back})}" if back else url


def _own_past(series: Series) -> list[str]:
    """The latest against all before it: the comparison that helps first."""
    if len(series.points) < 2:
        return []
    *before, last = series.points
    n = sum(point.n for point in before)
    mean = sum(point.value * point.n for point in before) / n
    told = {
        "latest": series.measure.words_for(last.value),
        "mean": series.measure.words_for(mean),
        "n": n,
    }
    return [
        ngettext(
            "Own past: the latest is %(latest)s, the %(n)s review before it %(mean)s.",
            "Own past: the latest is %(latest)s, the mean of %(n)s reviews before it %(mean)s.",
            n,
        )
        % told
    ]


def short_day(day: date) -> str:
    # Translators: a short day under a chart, in Django's date format letters
    return date_format(day, _("M j, y"))


def month(day: date) -> str:
    # Translators: a month under a chart, in Django's date format letters
    return date_format(day, _("M Y"))


def when(day: date, period: str) -> str:
    """What a point of a group is called: "May 2026", "Q2 2026", "2026"."""
    if period == "quarter":
        told = {"quarter": (day.month + 2) // 3, "year": day.year}
        # Translators: a quarter of a year under a chart
        return _("Q%(quarter)s %(year)s") % told
    return str(day.year) if period == "year" else month(day)


def _chart(series: Series, marks: list[Mark], median: float | None = None) -> Run:
    measure = series.measure
    return run_chart(
        marks,
        words=measure.short,
        median=median,
        median_label=_("median %s") % measure.words_for(median) if median is not None else "",
        benchmarks=[(benchmark.label, benchmark.value) for benchmark in series.benchmarks],
        high=series.top,
        notes=[
            (place, _("v%(number)s") % {"number": number}) for place, number in series.new_versions
        ],
    )


def _rows(series: Series, marks: list[Mark]) -> list[TableRow]:
    return [
        TableRow(
            mark.when, series.measure.words_for(mark.value), point.n, mark.url, mark.stands_out
        )
        for mark, point in zip(marks, series.points, strict=True)
    ]


def _rests_on(series: Series) -> str:
    words = ngettext("%(n)s review (%(source)s)", "%(n)s reviews (%(source)s)", series.n) % {
        "n": series.n,
        "source": series.source_label,
    }
    if series.not_computable:
        words += ngettext(
            ", %(n)s more not computable", ", %(n)s more not computable", series.not_computable
        ) % {"n": series.not_computable}
    return words


def _course_sentence(series: Series) -> str:
    if not series.points:
        return _("No score could be computed yet.")
    last = series.points[-1]
    told = {"day": short_day(last.on), "value": series.measure.words_for(last.value)}
    if len(series.points) == 1:
        return _("The first one, of %(day)s: %(value)s.") % told
    before: Point = series.points[-2]
    return _("The latest, of %(day)s: %(value)s. The one before: %(before)s.") % {
        **told,
        "before": series.measure.words_for(before.value),
    }


def _team_sentence(series: Series, found: Assessment) -> str:
    points = len(series.points)
    told = {
        "n": points,
        "median": series.measure.words_for(found.median),
        "fewest": FEWEST_POINTS,
    }
    if series.period != "month":
        return _sentence_of_longer(found) % told
    if found.verdict == Verdict.TOO_FEW:
        return (
            ngettext(
                "Too few points yet to tell drift from chance: %(n)s month has reviews. "
                "From %(fewest)s on that are not on the median, this chart can.",
                "Too few points yet to tell drift from chance: %(n)s months have reviews. "
                "From %(fewest)s on that are not on the median, this chart can.",
                points,
            )
            % told
        )
    if found.verdict == Verdict.STABLE:
        return (
            _("Stable: %(n)s months vary around a median of %(median)s as chance alone would.")
            % told
        )
    if found.run_signals and found.longest:
        told["first"] = month(series.points[found.longest.first].on)
        told["last"] = month(series.points[found.longest.last].on)
        told["length"] = found.longest.length
        if found.longest.above:
            return (
                _(
                    "A signal: from %(first)s to %(last)s, %(length)s months in a row lie above "
                    "the median of %(median)s. Something changed."
                )
                % told
            )
        return (
            _(
                "A signal: from %(first)s to %(last)s, %(length)s months in a row lie below the "
                "median of %(median)s. Something changed."
            )
            % told
        )
    return ngettext(
        "A signal: in %(n)s months the course crosses its median of %(median)s only once; chance "
        "alone would make it %(least)s times or more. Something changed.",
        "A signal: in %(n)s months the course crosses its median of %(median)s only %(crossings)s "
        "times; chance alone would make it %(least)s or more. Something changed.",
        found.crossings,
    ) % {**told, "crossings": found.crossings, "least": found.fewest_crossings}


def _sentence_of_longer(found: Assessment) -> str:
    """Where months are too small to be shown and a point is of a quarter or a year."""
    if found.verdict == Verdict.TOO_FEW:
        return _(
            "Too few points yet to tell drift from chance: %(n)s. From %(fewest)s on that are not "
            "on the median, this chart can."
        )
    if found.verdict == Verdict.STABLE:
        return _("Stable: %(n)s points vary around a median of %(median)s as chance alone would.")
    return _(
        "A signal: %(n)s points lie around their median of %(median)s as chance alone would not. "
        "Something changed."
    )


def _standing_out(found: Assessment) -> range:
    if found.verdict == Verdict.SIGNAL and found.run_signals and found.longest:
        return range(found.longest.first, found.longest.last + 1)
    return range(0)
