"""Kappa: agreement beyond what chance would give the same raters.

Weighted, for two raters on an ordered scale: Cohen, Psychological Bulletin 1968, 70:213-220; with
quadratic weights, which make it an intraclass correlation (Fleiss and Cohen, Educational and
Psychological Measurement 1973, 33:613-619). Fleiss', for the same number of raters a unit, whoever
they are: Fleiss, Psychological Bulletin 1971, 76:378-382. 1 is agreement, 0 what chance gives.
"""

from collections.abc import Callable

import numpy as np

from fidelity.agreement.draws import divided, estimate
from fidelity.agreement.figure import Figure, Reason, not_computable
from fidelity.agreement.ratings import Matrix, Ratings


def weighted_kappa(ratings: Ratings) -> Figure:
    """Two raters, with quadratic weights on the scores' own values: a step from 1 to 3 counts four
    times a step from 1 to 2."""
    return kappa(ratings, lambda one, other: (one - other) ** 2)


def cohens_kappa(ratings: Ratings) -> Figure:
    """Two raters and names without an order: any two that differ differ as much."""
    return kappa(ratings, lambda one, other: (one != other).astype(np.float64))


def kappa(ratings: Ratings, disagreement: Callable[[Matrix, Matrix], Matrix]) -> Figure:
    """Two raters, with the disagreement of two values as a function of arrays. An interval by
    drawing units."""
    raters = len(ratings.raters)
    if problem := ratings.problem:
        return not_computable(problem, raters=raters)
    if raters != 2:
        return not_computable(Reason.NOT_TWO_RATERS, n=len(ratings.shared), raters=raters)
    one, other = ratings.shared.T
    values = np.unique(ratings.shared)
    apart = disagreement(values[:, None], values[None, :])
    seen = disagreement(one, other)
    first, second = _which(one, values), _which(other, values)

    def statistic(weights: Matrix) -> Matrix:
        n = weights.sum(axis=1)
        observed = weights @ seen / n
        by_chance = (((weights @ first) @ apart) * (weights @ second)).sum(axis=1) / n**2
        return 1 - divided(observed, by_chance)

    return estimate(statistic, len(one), raters)


def kappa_of_table(shares: Matrix, disagreement: Matrix) -> float:
    """The same from a table of how often the first rater's category met the second's, for tables
    as they are printed. Weights need not be symmetric."""
    shares = shares / shares.sum()
    by_chance = np.outer(shares.sum(axis=1), shares.sum(axis=0))
    return float(1 - (shares * disagreement).sum() / (by_chance * disagreement).sum())


def fleiss_kappa(ratings: Ratings) -> Figure:
    """Any number of raters and names without an order, over the units that everybody scored."""
    raters = len(ratings.raters)
    if problem := ratings.problem:
        return not_computable(problem, raters=raters)
    complete = ratings.complete
    if not len(complete):
        return not_computable(Reason.INCOMPLETE, raters=raters)
    counts = _which(complete, np.unique(complete)).sum(axis=1)
    agreeing = ((counts**2).sum(axis=1) - raters) / (raters * (raters - 1))

    def statistic(weights: Matrix) -> Matrix:
        n = weights.sum(axis=1)
        observed = weights @ agreeing / n
        by_chance = ((weights @ counts / (n * raters)[:, None]) ** 2).sum(axis=1)
        return divided(observed - by_chance, 1 - by_chance)

    return estimate(statistic, len(complete), raters)


def _which(scores: Matrix, values: Matrix) -> Matrix:
    """A last axis more: 1 at the place of the score among the values, else 0."""
    return (scores[..., None] == values).astype(np.float64)
