"""The XmR chart (individuals and moving ranges): pure.

Source: NIST/SEMATECH e-Handbook 6.3.2.2. Limits at the mean ± 2.66 mean moving ranges; a moving
range above 3.267 of them is a jump. A signal is a point beyond a limit; a jump alone is none, for
it says that something happened and not that it lasted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fidelity.drift.finding import Finding, finding_of, judged, side
from fidelity.drift.spread import moving_ranges, spread

TO_LIMIT = 2.66  # 3 / 1.128
TO_RANGE_LIMIT = 3.267


@dataclass(frozen=True)
class Xmr:
    """A chart of values in their order. Places count from 0; a jump's is the point jumped to."""

    centre: float
    low: float
    high: float
    mean_range: float
    range_high: float
    jumps: tuple[int, ...]
    finding: Finding


def xmr(values: Sequence[float], *, baseline: int | None = None) -> Xmr | None:
    """The chart with limits from the first `baseline` values, or from all. None where no limits
    can be drawn."""
    of = spread(values, baseline)
    if of is None:
        return None
    low, high = of.mean - TO_LIMIT * of.mean_range, of.mean + TO_LIMIT * of.mean_range
    range_high = TO_RANGE_LIMIT * of.mean_range
    ranges = moving_ranges(values)
    return Xmr(
        centre=of.mean,
        low=low,
        high=high,
        mean_range=of.mean_range,
        range_high=range_high,
        jumps=tuple(place for place, each in enumerate(ranges, start=1) if each > range_high),
        finding=judged(
            [side(value, low, high) for value in values],
            [side(value, of.mean, of.mean) for value in values],
            len(values),
        ),
    )


def found_by_xmr(values: Sequence[float], *, baseline: int | None = None) -> Finding:
    return finding_of(xmr(values, baseline=baseline), len(values))
