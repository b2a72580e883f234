"""Intraclass correlations: how much of what varies between scores is the units, not the raters.

Shrout and Fleiss, Psychological Bulletin 1979, 86:420-428: (1) each unit has raters of its own,
(2) the raters are a sample, absolute agreement, (3) these raters and no others, consistency; each
for one rater's score and for the mean of all k. Intervals: theirs, by F; for (2) in the form of
McGraw and Wong, Psychological Methods 1996, 1:30-46. Bands: Cicchetti, Psychological Assessment
1994, 6:284-290. Units that somebody did not score are left out.

A correlation below 0 is no error: raters then differ more within a unit than units do.
"""

from dataclasses import dataclass
from enum import StrEnum

from fidelity.agreement.f_distribution import f_quantile
from fidelity.agreement.figure import Figure, Reason, not_computable
from fidelity.agreement.ratings import Matrix, Ratings

TAIL = 0.975


class Band(StrEnum):
    """Cicchetti's words for a value: below .40, .60, .75, and from there on."""

    POOR = "poor"
    FAIR = "fair"
    GOOD = "good"
    EXCELLENT = "excellent"


def band(value: float) -> Band:
    if value < 0.40:
        return Band.POOR
    if value < 0.60:
        return Band.FAIR
    return Band.GOOD if value < 0.75 else Band.EXCELLENT


@dataclass(frozen=True)
class Icc:
    """The six of Shrout and Fleiss: one rater's, and the mean's of all k."""

    one_way: Figure
    two_way: Figure
    fixed: Figure
    one_way_mean: Figure
    two_way_mean: Figure
    fixed_mean: Figure


@dataclass(frozen=True)
class Squares:
    """Mean squares of n units by k raters: between units, within them, between raters, and what is
    left over."""

    n: int
    k: int
    units: float
    within: float
    raters: float
    rest: float


def icc(ratings: Ratings) -> Icc:
    """All six, over the units that everybody scored."""
    raters, complete = len(ratings.raters), ratings.complete
    problem = ratings.problem
    if problem is None and len(complete) < 2:
        problem = Reason.ONE_UNIT if len(ratings.shared) == 1 else Reason.INCOMPLETE
    if problem is None and complete.min() == complete.max():
        problem = Reason.NO_VARIANCE
    if problem:
        return Icc(*[not_computable(problem, n=len(complete), raters=raters)] * 6)
    squares = mean_squares(complete)
    one_way, two_way, fixed = _one_way(squares), _two_way(squares), _fixed(squares)
    return Icc(
        one_way, two_way, fixed, *(_of_the_mean(each, raters) for each in (one_way, two_way, fixed))
    )


def mean_squares(complete: Matrix) -> Squares:
    """The analysis of variance of units by raters."""
    n, k = complete.shape
    middle = complete.mean()
    units = k * float(((complete.mean(axis=1) - middle) ** 2).sum())
    raters = n * float(((complete.mean(axis=0) - middle) ** 2).sum())
    rest = complete - complete.mean(axis=1)[:, None] - complete.mean(axis=0) + middle
    left = float((rest**2).sum())
    left = left if left > 1e-12 * (units + raters) else 0.0  # rounding is no disagreement
    return Squares(
        n, k, units / (n - 1), (raters + left) / (n * (k - 1)), raters / (k - 1),
        left / ((n - 1) * (k - 1)),
    )  # fmt: skip


def _one_way(s: Squares) -> Figure:
    value = (s.units - s.within) / (s.units + (s.k - 1) * s.within)
    return _with_limits(value, s, s.within, s.n * (s.k - 1))


def _fixed(s: Squares) -> Figure:
    if s.units + s.rest == 0:
        return not_computable(Reason.NO_VARIANCE, n=s.n, raters=s.k)
    value = (s.units - s.rest) / (s.units + (s.k - 1) * s.rest)
    return _with_limits(value, s, s.rest, (s.n - 1) * (s.k - 1))


def _with_limits(value: float, s: Squares, error: float, degrees: int) -> Figure:
    if error == 0 or s.units == 0:
        return Figure(value, s.n, s.k, why_no_interval=Reason.NO_SPREAD)
    ratio = s.units / error
    low = ratio / f_quantile(TAIL, s.n - 1, degrees)
    high = ratio * f_quantile(TAIL, degrees, s.n - 1)
    return Figure(value, s.n, s.k, _correlation(low, s.k), _correlation(high, s.k))


def _correlation(ratio: float, k: int) -> float:
    return (ratio - 1) / (ratio + k - 1)


def _two_way(s: Squares) -> Figure:
    n, k = s.n, s.k
    below = s.units + (k - 1) * s.rest + k * (s.raters - s.rest) / n
    if below <= 1e-12 * (s.units + s.rest + s.raters):
        return not_computable(Reason.NO_END, n=n, raters=k)
    value = (s.units - s.rest) / below
    if s.units == 0 or 1 - value < 1e-12:
        return Figure(value, n, k, why_no_interval=Reason.NO_SPREAD)
    a = k * value / (n * (1 - value))
    b = 1 + k * value * (n - 1) / (n * (1 - value))
    of_raters = (a * s.raters) ** 2 / (k - 1)
    of_rest = (b * s.rest) ** 2 / ((n - 1) * (k - 1))
    if of_raters + of_rest == 0:
        return Figure(value, n, k, why_no_interval=Reason.NO_SPREAD)
    degrees = (a * s.raters + b * s.rest) ** 2 / (of_raters + of_rest)
    if degrees <= 0:
        return Figure(value, n, k, why_no_interval=Reason.NO_SPREAD)
    error = k * s.raters + (k * n - k - n) * s.rest
    above, below = f_quantile(TAIL, n - 1, degrees), f_quantile(TAIL, degrees, n - 1)
    low = n * (s.units - above * s.rest) / (above * error + n * s.units)
    high = n * (below * s.units - s.rest) / (error + n * below * s.units)
    return Figure(value, n, k, low, high)


def _of_the_mean(figure: Figure, k: int) -> Figure:
    """Spearman and Brown's step from one rater to the mean of k, for the value and its limits.

    For the second kind that is McGraw and Wong's own interval. It has a pole at -1 / (k - 1), which
    the other kinds' correlations end at and the second's may pass.
    """
    if figure.value is None:
        return figure
    value = _stepped_up(figure.value, k)
    if value is None:
        return not_computable(Reason.NO_END, n=figure.n, raters=k)
    if figure.low is None or figure.high is None:
        return Figure(value, figure.n, k, why_no_interval=figure.why_no_interval)
    low, high = _stepped_up(figure.low, k), _stepped_up(figure.high, k)
    if low is None or high is None:
        return Figure(value, figure.n, k, why_no_interval=Reason.NO_END)
    return Figure(value, figure.n, k, low, high)


def _stepped_up(correlation: float, k: int) -> float | None:
    below = 1 + (k - 1) * correlation
    return k * correlation / below if below > 1e-9 else None
