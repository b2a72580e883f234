"""The cumulative sum in its tabular form: pure. For small shifts that last.

Source: NIST/SEMATECH e-Handbook 6.3.2.3. Two sums, of what lies above the target and of what lies
below it, each less an allowance of half the shift to be found and never below 0. A signal is a sum
beyond the decision limit; it is counted from where that sum last left 0, which is when the shift
most likely began.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fidelity.drift.finding import Direction, Finding, finding_of, judged
from fidelity.drift.spread import spread

ALLOWANCE = 0.5  # standard deviations: for shifts of one
DECISION = 5.0  # standard deviations


@dataclass(frozen=True)
class Sums:
    """What a point makes of both sums, in the values' own points."""

    high: float
    low: float


@dataclass(frozen=True)
class Cusum:
    target: float
    limit: float
    sums: tuple[Sums, ...]
    finding: Finding


def cusum(
    values: Sequence[float],
    *,
    target: float,
    sigma: float,
    allowance: float = ALLOWANCE,
    decision: float = DECISION,
) -> Cusum:
    """The chart around a target; allowance and decision limit in standard deviations of a point."""
    slack, limit = allowance * sigma, decision * sigma
    sums, high, low = [], 0.0, 0.0
    for value in values:
        high = max(0.0, high + value - target - slack)
        low = max(0.0, low + target - slack - value)
        sums.append(Sums(high, low))
    sides = [(each.high > limit) - (each.low > limit) for each in sums]
    finding = judged(sides, sides, len(values))
    if finding.since is not None and finding.direction is not None:
        since = _began(sums, finding.since, finding.direction)
        finding = Finding(finding.kind, finding.n, since, finding.direction)
    return Cusum(target, limit, tuple(sums), finding)


def _began(sums: Sequence[Sums], place: int, direction: Direction) -> int:
    """The first point of the climb that is above the limit at `place`."""

    def above_nought(at: int) -> bool:
        return (sums[at].high if direction == Direction.UP else sums[at].low) > 0

    while place > 0 and above_nought(place - 1):
        place -= 1
    return place


def cusum_of(
    values: Sequence[float], *, baseline: int | None = None, decision: float = DECISION
) -> Cusum | None:
    """The chart with target and spread from the first `baseline` values, or from all. None where
    they cannot be had."""
    of = spread(values, baseline)
    return cusum(values, target=of.mean, sigma=of.sigma, decision=decision) if of else None


def found_by_cusum(
    values: Sequence[float], *, baseline: int | None = None, decision: float = DECISION
) -> Finding:
    return finding_of(cusum_of(values, baseline=baseline, decision=decision), len(values))
