"""How often raters agree, and how far one lies from another: what holds for any number of scores.

Agreement is the share of pairs of raters that agree, averaged over the units that two or more
scored, each unit counting once however many scored it. Kappa collapses when nearly all scores are
equal (domain.md, "Reliability"): this stands beside it.

Intervals: Wilson's for shares (Wilson, JASA 1927, 22:209-212), with the units as its n. With two
raters that is exactly what it is for. With more, a unit's share lies between 0 and 1, so that its
variance is at most p (1 - p): the interval is rather too wide than too narrow. Student's for means.
"""

import math
from itertools import combinations
from statistics import NormalDist, fmean, stdev

import numpy as np

from fidelity.agreement.f_distribution import t_quantile
from fidelity.agreement.figure import Figure, Reason, not_computable
from fidelity.agreement.ratings import Ratings

SURE = NormalDist().inv_cdf(0.975)


def exact(ratings: Ratings) -> Figure:
    """The share of pairs with the same score, 0 to 1."""
    return within(ratings, 0)


def within(ratings: Ratings, points: float = 1) -> Figure:
    """The share of pairs that lie at most so many points apart, 0 to 1."""
    if problem := ratings.problem:
        return not_computable(problem, raters=len(ratings.raters))
    shared = ratings.shared
    pairs, near = np.zeros(len(shared)), np.zeros(len(shared))
    for one, other in combinations(range(shared.shape[1]), 2):
        apart = np.abs(shared[:, one] - shared[:, other])
        pairs += ~np.isnan(apart)
        near += apart <= points + 1e-9
    value = float(np.mean(near / pairs))
    return Figure(value, len(shared), len(ratings.raters), *wilson(value, len(shared)))


def wilson(share: float, n: int) -> tuple[float, float]:
    """Wilson's 95% interval of a share of n."""
    squared = SURE * SURE
    middle = (share + squared / (2 * n)) / (1 + squared / n)
    half = SURE * math.sqrt(share * (1 - share) / n + squared / (4 * n * n)) / (1 + squared / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def mean_difference(differences: list[float]) -> Figure:
    """The mean of signed differences, in points, with Student's interval.

    Bland and Altman, Lancet 1986, i:307-310, call it the bias.
    """
    n = len(differences)
    if not n:
        return not_computable(Reason.NOTHING_SHARED)
    mean = fmean(differences)
    if n == 1:
        return Figure(mean, n, 2, why_no_interval=Reason.ONE_UNIT)
    spread = stdev(differences)
    if spread < 1e-12:
        return Figure(mean, n, 2, why_no_interval=Reason.NO_SPREAD)
    half = t_quantile(0.975, n - 1) * spread / math.sqrt(n)
    return Figure(mean, n, 2, mean - half, mean + half)


def signed_differences(ratings: Ratings) -> dict[str, Figure]:
    """Each rater's mean difference from the mean of the others on the same units: above 0, they
    score higher. Two raters' are each other's opposite."""
    shared, scored = ratings.shared, ~np.isnan(ratings.shared)
    others = scored.sum(axis=1) - 1
    total = np.nansum(shared, axis=1)
    found = {}
    for column, rater in enumerate(ratings.raters):
        theirs = scored[:, column]
        own = shared[theirs, column]
        rest = (total[theirs] - own) / others[theirs]
        found[rater] = mean_difference([float(each) for each in own - rest])
    return found
