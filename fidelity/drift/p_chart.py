"""The p-chart, for shares of numbers that differ from point to point: pure.

Source: NIST/SEMATECH e-Handbook 6.3.3.2. The centre is the share of all there was, not the mean of
shares; each point has limits of its own, 3 standard deviations of a share of that many, cut off at
0 and 1. They lean on the normal curve: where fewer than 5 are expected on either side of a point,
a signal says little (`rough`).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from fidelity.drift.finding import Finding, judged, side

LEAST_EXPECTED = 5


@dataclass(frozen=True)
class Share:
    """One point: `value` is None where there was nothing to take a share of."""

    value: float | None
    n: int
    low: float
    high: float
    rough: bool

    @property
    def side(self) -> int:
        """1 above the limits, -1 below, 0 within."""
        if self.value is None:
            return 0
        return side(self.value, self.low, self.high)


@dataclass(frozen=True)
class PChart:
    centre: float
    shares: tuple[Share, ...]
    finding: Finding


def p_chart(counts: Sequence[tuple[int, int]], *, baseline: int | None = None) -> PChart | None:
    """The chart of (how many, of how many) in their order, its centre from the first `baseline` or
    from all. None where nothing was counted at all."""
    for part, whole in counts:
        if not 0 <= part <= whole:
            raise ValueError(f"{part} of {whole} is no share")
    of = sum(whole for _part, whole in counts[:baseline])
    if not of:
        return None
    centre = sum(part for part, _whole in counts[:baseline]) / of
    shares = tuple(_share(part, whole, centre) for part, whole in counts)
    counted = sum(share.value is not None for share in shares)
    leaning = [0 if each.value is None else side(each.value, centre, centre) for each in shares]
    return PChart(centre, shares, judged([share.side for share in shares], leaning, counted))


def _share(part: int, whole: int, centre: float) -> Share:
    if not whole:
        return Share(None, 0, 0.0, 1.0, rough=True)
    half = 3 * math.sqrt(centre * (1 - centre) / whole)
    rough = min(centre, 1 - centre) * whole < LEAST_EXPECTED
    return Share(part / whole, whole, max(0.0, centre - half), min(1.0, centre + half), rough)
