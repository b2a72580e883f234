"""Anhøj's rules for run charts: pure.

Source: Anhøj and Olesen, "Run charts revisited", PLoS ONE 2014, 0113825. Of n values that are not
on the median: a signal where the longest run on one side of it is longer than
round(log2(n) + 3), or where the median is crossed fewer times than the 5th percentile of
Binomial(n - 1, 0.5). About 5% false signals at any n. Their trend rule is no good and not here.
For teams and programmes, never for one person (domain.md, "Drift").
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from statistics import median

from fidelity.drift.finding import FEWEST_POINTS, Direction, Finding, Verdict


@dataclass(frozen=True)
class Run:
    """Values in a row on one side of the median; places count from 0 in the whole series."""

    first: int
    last: int
    length: int
    above: bool


@dataclass(frozen=True)
class Assessment:
    """What the rules say of a series. `useful` values are not on the median."""

    verdict: Verdict
    median: float | None
    useful: int
    longest: Run | None
    longest_allowed: int
    crossings: int
    fewest_crossings: int
    runs: tuple[Run, ...] = ()

    @property
    def run_signals(self) -> bool:
        return self.longest is not None and self.longest.length > self.longest_allowed

    @property
    def crossings_signal(self) -> bool:
        return self.crossings < self.fewest_crossings

    @property
    def finding(self) -> Finding:
        """The verdict with when and where to: the latest run that is too long. One that begins the
        series tells of a change where it ends, the other way."""
        if self.verdict != Verdict.SIGNAL:
            return Finding(self.verdict, self.useful)
        long = [place for place, run in enumerate(self.runs) if run.length > self.longest_allowed]
        if not long:
            return Finding(self.verdict, self.useful)
        run = self.runs[long[-1] or 1]
        return Finding(
            self.verdict, self.useful, run.first, Direction.UP if run.above else Direction.DOWN
        )


def longest_run_allowed(n: int) -> int:
    """How long a run on one side may be among `n` useful values before it is a signal."""
    return round(math.log2(n) + 3)


@lru_cache(maxsize=256)
def fewest_crossings(n: int) -> int:
    """How few crossings `n` useful values may have: the 5th percentile of Binomial(n - 1, 0.5),
    the smallest k with P(X <= k) >= 0.05, counted in whole numbers."""
    ways, total = 0, 2 ** (n - 1)
    for k in range(n):
        ways += math.comb(n - 1, k)
        if ways * 20 >= total:
            return k
    return 0


def assess(values: Sequence[float]) -> Assessment:
    """Apply both rules to values in their order."""
    if not values:
        return Assessment(Verdict.TOO_FEW, None, 0, None, 0, 0, 0)
    middle = median(values)
    sides = [(place, value > middle) for place, value in enumerate(values) if value != middle]
    runs = [_run(list(group)) for _, group in groupby(sides, key=lambda side: side[1])]
    crossings = sum(1 for one, other in pairwise(sides) if one[1] != other[1])
    n = len(sides)
    found = Assessment(
        verdict=Verdict.STABLE,
        median=middle,
        useful=n,
        longest=max(runs, key=lambda run: run.length, default=None),
        longest_allowed=longest_run_allowed(n) if n else 0,
        crossings=crossings,
        fewest_crossings=fewest_crossings(n) if n else 0,
        runs=tuple(runs),
    )
    return Assessment(**{**vars(found), "verdict": _verdict(found)})


def _run(sides: list[tuple[int, bool]]) -> Run:
    return Run(sides[0][0], sides[-1][0], len(sides), sides[0][1])


def _verdict(found: Assessment) -> Verdict:
    if found.useful < FEWEST_POINTS:
        return Verdict.TOO_FEW
    return Verdict.SIGNAL if found.run_signals or found.crossings_signal else Verdict.STABLE
