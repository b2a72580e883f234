"""Quantiles of the F distribution, for the intervals of intraclass correlations and of means.

Our own, in sixty lines, because the alternative is scipy: 140 MB on the disk of every machine and
40 MB of each process that imports its smallest part (docs/decisions/0021). Checked against the
handbook's tables and against scipy's own figures in tests/published.

The distribution function is the regularised incomplete beta function, by its continued fraction
(DLMF 8.17.22) evaluated from the top (the modified Lentz method); its inverse by Newton's steps on
the logarithm of F, kept inside a bracket that halves where a step would leave it.
"""

import math
from functools import lru_cache

LEAST = 1e-300  # in place of 0 in a denominator
CLOSE = 1e-14


@lru_cache(maxsize=1024)
def f_quantile(p: float, d1: float, d2: float) -> float:
    """The value that F with d1 and d2 degrees of freedom stays below with probability p."""
    if not 0 < p < 1 or d1 <= 0 or d2 <= 0:
        raise ValueError(f"no quantile {p} of F({d1}, {d2})")
    low, high, at = -200.0, 200.0, 0.0  # logarithms of F
    for _ in range(200):
        over = f_cdf(math.exp(at), d1, d2) - p
        low, high = (low, at) if over > 0 else (at, high)
        slope = math.exp(_log_density(at, d1, d2))
        newton = at - over / slope if slope > LEAST else high
        if abs(newton - at) < 1e-14 * max(1.0, abs(at)):
            break
        at = newton if low < newton < high else (low + high) / 2
    return math.exp(at)


def t_quantile(p: float, d: float) -> float:
    """Student's t for p above a half: its square is F with 1 and d degrees of freedom."""
    return math.sqrt(f_quantile(2 * p - 1, 1, d))


def f_cdf(f: float, d1: float, d2: float) -> float:
    """The probability that F with d1 and d2 degrees of freedom is at most f."""
    x, y = d1 * f / (d1 * f + d2), d2 / (d1 * f + d2)
    a, b = d1 / 2, d2 / 2
    if x > (a + 1) / (a + b + 2):  # the fraction converges fast on this side only
        return 1 - _beta(b, a, y, x)
    return _beta(a, b, x, y)


def _beta(a: float, b: float, x: float, y: float) -> float:
    """I_x(a, b), where y = 1 - x without the loss of taking it."""
    if x == 0:
        return 0.0
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(y)
    )
    ratio = 1.0
    fraction = below = 1 / _apart(1 - (a + b) * x / (a + 1))
    for m in range(1, 10_000):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            below = 1 / _apart(1 + term * below)
            ratio = _apart(1 + term / ratio)
            fraction *= below * ratio
        if abs(below * ratio - 1) < CLOSE:
            break
    return front * fraction / a


def _apart(number: float) -> float:
    """The number, or one that can be divided by."""
    return number if abs(number) > LEAST else LEAST


def _log_density(at: float, d1: float, d2: float) -> float:
    """The logarithm of the density of log F at `at`."""
    a, b = d1 / 2, d2 / 2
    x_to_y = at + math.log(d1 / d2)
    log_y = -max(x_to_y, 0.0) - math.log1p(math.exp(-abs(x_to_y)))
    return math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * (x_to_y + log_y) + b * log_y
