"""The exponentially weighted moving average: pure. For small shifts that last.

Source: NIST/SEMATECH e-Handbook 6.3.2.4. Each point is `weight` of its own value and the rest of
the average before it. The limits widen over the first points, as the average's own standard
deviation does; the handbook's examples use what they widen to (`steady`).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from fidelity.drift.finding import Finding, finding_of, judged, side
from fidelity.drift.spread import spread

WEIGHT = 0.2
WIDTH = 3.0  # standard deviations of the average; why not 2.7: docs/drift-rules.md


@dataclass(frozen=True)
class Average:
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Ewma:
    target: float
    averages: tuple[Average, ...]
    finding: Finding


def ewma(
    values: Sequence[float],
    *,
    target: float,
    sigma: float,
    weight: float = WEIGHT,
    width: float = WIDTH,
    steady: bool = False,
) -> Ewma:
    """The chart around a target, where one point's standard deviation is `sigma`."""
    averages = []
    value = target
    for count, each in enumerate(values, start=1):
        value = weight * each + (1 - weight) * value
        widened = 1.0 if steady else 1 - (1 - weight) ** (2 * count)
        half = width * sigma * math.sqrt(weight / (2 - weight) * widened)
        averages.append(Average(value, target - half, target + half))
    sides = [side(each.value, each.low, each.high) for each in averages]
    leaning = [side(each.value, target, target) for each in averages]
    return Ewma(target, tuple(averages), judged(sides, leaning, len(values)))


def ewma_of(
    values: Sequence[float], *, baseline: int | None = None, width: float = WIDTH
) -> Ewma | None:
    """The chart with target and spread from the first `baseline` values, or from all. None where
    they cannot be had."""
    of = spread(values, baseline)
    return ewma(values, target=of.mean, sigma=of.sigma, width=width) if of else None


def found_by_ewma(
    values: Sequence[float], *, baseline: int | None = None, width: float = WIDTH
) -> Finding:
    return finding_of(ewma_of(values, baseline=baseline, width=width), len(values))
