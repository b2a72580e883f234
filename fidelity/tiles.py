"""A series as a tile: one plain sentence, one chart, what it rests on, and a table behind it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from html import escape
from typing import NamedTuple
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from fidelity.drift.run_chart import FEWEST_POINTS, Assessment, Verdict, assess
from fidelity.series import Point, Series
from portal.charts import Mark, Run, run_chart


class TableRow(NamedTuple):
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
    def body(self) -> SafeString:
        """The rows of the table behind, in one piece: a template takes long for each."""
        if not self.monthly:
            value = escape(_("Score"))
            rows = (
                f'<tr><th scope="row"><a href="{escape(row.url)}">{escape(row.when)}</a></th>'
                f'<td data-label="{value}">{escape(row.value)}</td></tr>'
                for row in self.rows
            )
            return mark_safe("\n".join(rows))  # noqa: S308 - all text is escaped
        value, n, signal = escape(_("Mean")), escape(_("Reviews")), escape(_("Signal"))
        part = escape(_("part of it"))
        rows = (
            f'<tr><th scope="row">{_linked(row)}</th><td data-label="{value}">{escape(row.value)}'
            f'</td><td data-label="{n}">{row.n}</td><td data-label="{signal}">'
            f"{part if row.stands_out else '–'}</td></tr>"
            for row in self.rows
        )
        return mark_safe("\n".join(rows))  # noqa: S308 - all text is escaped

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


def course_tile(series: Series, *, address: Callable[[int], str], next_url: str = "") -> Tile:
    """One person's raw points: own past, no median and no verdict. `address` leads from a review's
    id to it."""
    days = [short_day(point.on) for point in series.points]
    values = [series.measure.words_for(point.value) for point in series.points]
    urls = [address(point.review_id) if point.review_id else "" for point in series.points]
    marks = [
        Mark(point.value, day, f"{day}: {value}", url)
        for point, day, value, url in zip(series.points, days, values, urls, strict=True)
    ]
    return Tile(
        series,
        _course_sentence(series),
        _rests_on(series),
        _chart(series, marks),
        [
            TableRow(day, value, 1, url, stands_out=False)
            for day, value, url in zip(days, values, urls, strict=True)
        ],
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
    rows = [
        TableRow(
            when(point.on, series.period),
            series.measure.words_for(point.value),
            point.n,
            address(point.on),
            place in out,
        )
        for place, point in enumerate(series.points)
    ]
    marks = [
        Mark(
            point.value,
            row.when,
            told % {"month": row.when, "value": row.value, "n": row.n},
            row.url,
            stands_out=row.stands_out,
        )
        for point, row in zip(series.points, rows, strict=True)
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
        rows,
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
    return _formatted(day, _("M j, y"), get_language())


def month(day: date) -> str:
    # Translators: a month under a chart, in Django's date format letters
    return _formatted(day, _("M Y"), get_language())


@lru_cache(maxsize=4096)  # charts name the same days again and again
def _formatted(day: date, form: str, _language: str | None) -> str:
    return date_format(day, form)


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
        benchmarks=[(benchmark.spoken_label, benchmark.value) for benchmark in series.benchmarks],
        high=series.top,
        notes=[
            (place, _("v%(number)s") % {"number": number}) for place, number in series.new_versions
        ],
    )


def _linked(row: TableRow) -> str:
    words = escape(row.when)
    return f'<a href="{escape(row.url)}">{words}</a>' if row.url else words


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
        "A signal: in %(n)s months the line crosses its median of %(median)s only "
        "once; chance alone would make it %(least)s times or more. Something changed.",
        "A signal: in %(n)s months the line crosses its median of %(median)s only "
        "%(crossings)s times; chance alone would make it %(least)s or more. Something"
        " changed.",
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
