"""Percentile intervals by drawing units with replacement, a thousand times, in one go.

For coefficients without a published interval that holds for few units and many raters. Zapf,
Castell, Morawietz and Karch, "Measuring inter-rater reliability for nominal data: which
coefficients and confidence intervals are appropriate?", BMC Medical Research Methodology 2016,
16:93, find the bootstrap over units to hold its level for both Fleiss' kappa and Krippendorff's
alpha, where the asymptotic intervals of kappa don't.

A statistic is a function of weights: draws in rows, units in columns, how often each unit was
drawn. All coefficients here are made of sums over units, so a thousand draws are a few products
of matrices. The value itself is the draw in which each unit came once.
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.random import default_rng

from fidelity.agreement.figure import Figure, Reason, not_computable
from fidelity.agreement.ratings import Matrix

DRAWS = 1000
SEED = 19790420  # a page that is opened twice shows the same figures
CELLS = 30_000  # of one block: it stays in the cache, and no product is worth a second thread
FEWEST_COMPUTABLE = 0.9  # of all draws: an interval of those that happen to work would mislead

Statistic = Callable[[Matrix], Matrix]


def estimate(statistic: Statistic, units: int, raters: int) -> Figure:
    """The statistic of `units` units, with its interval. It gives NaN where it is undefined,
    which for these coefficients means that all scores are the same."""
    value = float(statistic(np.ones((1, units)))[0])
    if np.isnan(value):
        return not_computable(Reason.NO_VARIANCE, n=units, raters=raters)
    if units < 2:
        return Figure(value, units, raters, why_no_interval=Reason.ONE_UNIT)
    found = np.concatenate([statistic(block) for block in weights(units, DRAWS)])
    found = found[~np.isnan(found)]
    if len(found) < FEWEST_COMPUTABLE * DRAWS:
        return Figure(value, units, raters, why_no_interval=Reason.MOSTLY_ALIKE)
    low, high = (float(limit) for limit in np.quantile(found, [0.025, 0.975]))
    if high - low < 1e-12:
        return Figure(value, units, raters, why_no_interval=Reason.NO_SPREAD)
    return Figure(value, units, raters, low, high)


def weights(units: int, draws: int) -> Iterator[Matrix]:
    """How often each unit is drawn, a block of draws at a time. The same numbers give the same
    draws."""
    chance = default_rng(SEED)
    rows = max(1, min(draws, CELLS // units))
    for first in range(0, draws, rows):
        height = min(rows, draws - first)
        places = chance.integers(0, units, size=(height, units))
        places += np.arange(height)[:, None] * units
        counts = np.bincount(places.ravel(), minlength=height * units)
        yield counts.reshape(height, units).astype(np.float64)


def divided(above: Matrix, below: Matrix) -> Matrix:
    """above / below, NaN where there is nothing to divide by."""
    empty = below < 1e-12
    return np.where(empty, np.nan, above / np.where(empty, 1.0, below))
