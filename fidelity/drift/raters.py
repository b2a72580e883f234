"""A rater's course: how far above or below the master scores they lie, over time. Pure.

A point an occasion (a recording that was scored beforehand by those who know), the mean of its
items' signed differences: above 0, the rater is more generous than the master. One person's course
gets a verdict here, and no ranking: it is the instrument that is looked after, as one looks after
a scale (domain.md, "Drift": the three kinds).
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from fidelity.drift.finding import Finding
from fidelity.drift.xmr import found_by_xmr


@dataclass(frozen=True)
class Compared:
    """What a rater gave for one item of one occasion, and what the master gave."""

    on: date
    occasion: Hashable
    score: float
    master: float


@dataclass(frozen=True)
class Difference:
    """An occasion's mean signed difference, in the items' points, over n items, and the share of
    them that lie at most one point off."""

    on: date
    occasion: Hashable
    value: float
    n: int
    within_one: float


def course(compared: Iterable[Compared]) -> tuple[Difference, ...]:
    """The occasions in the order of time."""
    occasions: dict[tuple[date, Hashable], list[float]] = {}
    for each in compared:
        occasions.setdefault((each.on, each.occasion), []).append(each.score - each.master)
    return tuple(
        Difference(
            on,
            occasion,
            fmean(apart),
            len(apart),
            fmean(abs(each) <= 1 + 1e-9 for each in apart),
        )
        for (on, occasion), apart in sorted(
            occasions.items(), key=lambda occasion: (occasion[0][0], str(occasion[0][1]))
        )
    )


def qualified_on(differences: Iterable[Difference], *, share: float, in_a_row: int) -> date | None:
    """The day on which the rater first had so many occasions in a row with at least this share of
    items within one point (domain.md: 80%, three in a row), if they had."""
    passed = 0
    for each in differences:
        passed = passed + 1 if each.within_one >= share - 1e-9 else 0
        if passed == in_a_row:
            return each.on
    return None


def drifting(differences: Iterable[Difference]) -> Finding:
    """What an XmR chart says of the course. Fewer than ten occasions tell no drift: the mean
    difference with its interval does (fidelity.agreement.mean_difference)."""
    return found_by_xmr([each.value for each in differences])
