"""What of an agency is shown outside its teams: no count of 1 to 10, nor what gives one away.

The total of a measure and source is shown where it isn't small. Its parts, a version in a period,
are those that `withheld` leaves, so that the total less the parts is never small nor one part's
alone. Everything else adds up parts that are shown: filters choose whole parts. A period is a
month, or a quarter or a year where months are too small to show most of what there is; it hangs on
the numbers alone, so that nobody sees the same reviews cut in two ways.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from fidelity.cells import Cell, TeamCells, of_measures, of_teams
from fidelity.filters import Filters
from fidelity.models import Measure, Source
from fidelity.names import names_of
from fidelity.periods import PERIODS, beginning
from fidelity.series import Point, Series, joined, measures_of
from fidelity.suppression import is_small, withheld

ENOUGH = 2 / 3  # of the reviews, so that a period does
Key = tuple[int, str, str]  # instrument, the measure's key, source


@dataclass(frozen=True)
class Total:
    """A measure from one source, over all time; `mean` is None where it is too small."""

    measure: Measure
    source: str
    n: int
    mean: float | None

    @property
    def source_label(self) -> str:
        return str(Source(self.source).label)


@dataclass
class Programme:
    """The parts that are shown, by series; how long a part is; and the totals."""

    parts: list[Cell]
    periods: dict[Key, str]
    totals: dict[Key, Total]
    measures: dict[int, Measure]

    def series(self, filters: Filters) -> list[Series]:
        """One a measure and source, also where no part of it is shown. One query."""
        found = joined(self.parts, filters, self.measures)
        for each in found:
            key = key_of(each.measure, each.source)
            each.period = self.periods[key]
            # Versions of which no part is shown too: their scores are among the programme's.
            for pk, measure in self.measures.items():
                if (measure.version.instrument_id, measure.key) == key[:2]:
                    each.measures.setdefault(pk, measure.version.number)
        return found


def key_of(measure: Measure, source: str) -> Key:
    return measure.version.instrument_id, measure.key, source


def programme_of(cells: Iterable[Cell]) -> Programme:
    """What is shown of an agency's cells. One query, for the measures; two where some are new."""
    cells = list(cells)
    measures = measures_of(cell.measure for cell in cells)
    by_key: dict[Key, list[Cell]] = {}
    for cell in cells:
        by_key.setdefault(key_of(measures[cell.measure], cell.source), []).append(cell)
    parts: list[Cell] = []
    periods: dict[Key, str] = {}
    totals: dict[Key, Total] = {}
    for key, theirs in by_key.items():
        n = sum(cell.n for cell in theirs)
        mean = sum(cell.total for cell in theirs) / n
        newest = measures[max(cell.measure for cell in theirs)]
        totals[key] = Total(newest, theirs[0].source, n, None if is_small(n) else mean)
        periods[key], shown = _shown(theirs)
        parts += shown
    return Programme(parts, periods, totals, measures)


def _shown(cells: list[Cell]) -> tuple[str, list[Cell]]:
    """The finest period that shows enough of one series, and the parts that it shows."""
    total = sum(cell.n for cell in cells)
    shown: list[Cell] = []
    for period in PERIODS:
        merged = _merged(cells, period)
        hidden = withheld({part: cell.n for part, cell in merged.items()})
        shown = [cell for part, cell in merged.items() if part not in hidden]
        if sum(cell.n for cell in shown) >= ENOUGH * total:
            break
    return period, shown


def _merged(cells: Iterable[Cell], period: str) -> dict[tuple[int, date], Cell]:
    """By measure and the first day of the period."""
    merged: dict[tuple[int, date], Cell] = {}
    for cell in cells:
        first = beginning(cell.month, period)
        before = merged.get((cell.measure, first))
        merged[cell.measure, first] = cell._replace(
            month=first,
            n=cell.n + (before.n if before else 0),
            total=cell.total + (before.total if before else 0.0),
        )
    return merged


def whole_agency(agency: int, series: Series) -> Total | None:
    """What a team may compare itself with: the whole agency's mean over all time, unless the others
    could be read out of it. One query."""
    cells = of_measures(agency, series.measures, series.source)
    n = sum(cell.n for cell in cells)
    others = n - series.n_of_all
    if others <= 0 or is_small(others):
        return None
    return Total(series.measure, series.source, n, sum(cell.total for cell in cells) / n)


@dataclass(frozen=True)
class Team:
    """Those whom one person supervised when they practised, and what is shown of them."""

    name: str
    cells: TeamCells

    @property
    def points(self) -> list[Point]:
        return [Point(on, total / n, n) for on, (n, total) in self.cells.sums().items()]


@dataclass(frozen=True)
class Teams:
    shown: list[Team]
    too_small: int  # how many teams have no part that is shown


def teams_of(series: Series, agency: int, filters: Filters) -> Teams:
    """The teams behind one series of a programme, by name. Where the programme's part is hidden so
    are its teams'; of the others, what `withheld` says of the teams that it is made of. Two
    queries."""
    available = set(series.available)
    parts = [
        (measure, on)
        for measure, number in series.measures.items()
        for on in {on for on, _number in available}
        if (on, number) in available and filters.holds(on) and filters.version in (None, number)
    ]
    found = of_teams(agency, series.measures, series.source, series.period, parts)
    shown = [each for each in found if each.periods is not None]
    names = names_of(each.team for each in shown if each.team is not None)
    nobodys, someones = _("Without a supervisor then"), _("Team of %(name)s")
    gone = _("someone who has left")
    teams = [
        Team(
            nobodys if each.team is None else someones % {"name": names.get(each.team, gone)}, each
        )
        for each in shown
    ]
    return Teams(sorted(teams, key=lambda each: each.name), len(found) - len(shown))
