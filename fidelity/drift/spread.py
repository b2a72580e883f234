"""What a series does of itself: its mean, and a standard deviation from point to point."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

D2 = 1.128  # the mean range of two normal values, in standard deviations (any table of constants)


@dataclass(frozen=True)
class Spread:
    """`sigma` is the mean moving range / 1.128: unlike the standard deviation of all values, it is
    hardly raised by a shift between them, which is what a chart looks for."""

    mean: float
    mean_range: float

    @property
    def sigma(self) -> float:
        return self.mean_range / D2


def spread(values: Sequence[float], baseline: int | None = None) -> Spread | None:
    """Of the first `baseline` values, or of all. None of fewer than two, and of a baseline that
    does not vary though the series does: limits cannot be drawn from it."""
    first = values[:baseline]
    if len(first) < 2 or (baseline is not None and len(first) < baseline):
        return None
    ranges = moving_ranges(first)
    found = Spread(fmean(first), fmean(ranges))
    if found.mean_range == 0 and min(values) != max(values):
        return None
    return found


def moving_ranges(values: Sequence[float]) -> list[float]:
    """How far each value lies from the one before it."""
    return [abs(after - before) for before, after in pairwise(values)]
