"""Krippendorff's alpha: any number of raters, any of whom may have left units out.

Krippendorff, "Computing Krippendorff's Alpha-Reliability", University of Pennsylvania 2011: one
less the ratio of observed to expected disagreement. Units with one score say nothing and leave it.
The distance of two values, squared: nominal, 0 or 1; interval, of the values; ordinal, of the
values' mid-ranks among all scores (half the scores at each end, and all between).

The ordinal distance depends on how often each value was given, and so on the draw: its ranks are
computed anew in each of the thousand.
"""

from enum import StrEnum

import numpy as np

from fidelity.agreement.draws import Statistic, divided, estimate
from fidelity.agreement.figure import Figure, not_computable
from fidelity.agreement.ratings import Matrix, Ratings


class Level(StrEnum):
    """What the values of a scale mean: names, an order, or distances."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


def krippendorff_alpha(ratings: Ratings, level: Level) -> Figure:
    """Alpha at a level, over the units that two raters or more scored."""
    raters = len(ratings.raters)
    if problem := ratings.problem:
        return not_computable(problem, raters=raters)
    shared = ratings.shared
    values = np.unique(shared[~np.isnan(shared)])
    counts = (shared[:, :, None] == values).sum(axis=1).astype(np.float64)
    scores = counts.sum(axis=1)  # of each unit
    pairing = 1 / (scores - 1)

    def fixed(distance: Matrix) -> Statistic:
        within = ((counts @ distance) * counts).sum(axis=1) * pairing

        def statistic(weights: Matrix) -> Matrix:
            given = weights @ counts
            n = given.sum(axis=1)
            expected = ((given @ distance) * given).sum(axis=1) / (n - 1)
            return 1 - divided(weights @ within, expected)

        return statistic

    def ordinal(weights: Matrix) -> Matrix:
        given = weights @ counts
        n = given.sum(axis=1)
        rank = np.cumsum(given, axis=1) - given / 2
        squares = (given * rank**2).sum(axis=1)
        expected = 2 * (n * squares - (given * rank).sum(axis=1) ** 2) / (n - 1)
        # Over ordered pairs of one unit: sum of (r - s)^2 = 2 (m sum r^2 - (sum r)^2).
        apart = scores * (rank**2 @ counts.T) - (rank @ counts.T) ** 2
        observed = 2 * (weights * apart * pairing).sum(axis=1)
        return 1 - divided(observed, expected)

    if level == Level.ORDINAL:
        statistic: Statistic = ordinal
    elif level == Level.NOMINAL:
        statistic = fixed(1 - np.eye(len(values)))
    else:
        statistic = fixed((values[:, None] - values[None, :]) ** 2)
    return estimate(statistic, len(shared), raters)
