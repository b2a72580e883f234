"""What a chart's rules say of a series, as data: which of three, since when, in which direction.

The sentence is the page's to write, in the reader's language; it needs nothing else from here but
what it rests on (source, raters), which a rule does not know.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

FEWEST_POINTS = 10  # domain.md: at least 10 to 12 points before any signal


class Verdict(StrEnum):
    TOO_FEW = "too_few"
    STABLE = "stable"
    SIGNAL = "signal"


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True)
class Finding:
    """One of three, of `n` points.

    A signal has the place of the point since which it holds, counted from 0, and its direction.
    Where there have been several it is the latest: what someone can still act upon. Both are None
    where a rule tells that something changed and not when: too few crossings of a median.
    """

    kind: Verdict
    n: int
    since: int | None = None
    direction: Direction | None = None

    @property
    def is_signal(self) -> bool:
        return self.kind == Verdict.SIGNAL


def latest_signal(sides: Sequence[int], leaning: Sequence[int]) -> tuple[int, Direction] | None:
    """Since which point the last signal holds, and in which direction.

    `sides` has 1 for a point beyond the upper limit, -1 beyond the lower, 0 within; `leaning` the
    same for the centre. The last signal reaches back to the first point beyond the limit since when
    all have been on that side of the centre: points within the limits don't end a shift, the other
    side does.
    """
    last = next((place for place in reversed(range(len(sides))) if sides[place]), None)
    if last is None:
        return None
    side = sides[last]
    since = place = last
    while place >= 0 and leaning[place] != -side:
        since = place if sides[place] == side else since
        place -= 1
    return since, Direction.UP if side > 0 else Direction.DOWN


def judged(sides: Sequence[int], leaning: Sequence[int], n: int) -> Finding:
    """The finding of a chart with limits, of `n` points that could be computed."""
    if n < FEWEST_POINTS:
        return Finding(Verdict.TOO_FEW, n)
    if signal := latest_signal(sides, leaning):
        return Finding(Verdict.SIGNAL, n, *signal)
    return Finding(Verdict.STABLE, n)


class Chart(Protocol):
    """Whatever came of values, and what its rules say of them."""

    @property
    def finding(self) -> Finding: ...


def finding_of(chart: Chart | None, n: int) -> Finding:
    """The finding alone; too few points where no limits could be drawn from `n` values."""
    return chart.finding if chart else Finding(Verdict.TOO_FEW, n)


def side(value: float, low: float, high: float) -> int:
    """1 above, -1 below, 0 between; what rounding alone puts beyond is between."""
    slack = 1e-9 * max(abs(low), abs(high))
    return (value > high + slack) - (value < low - slack)
