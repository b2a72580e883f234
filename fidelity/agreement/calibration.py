"""A calibration round as a table: what several reviewers made of the same things. Pure.

Which statistics an item gets follows from what its values mean (domain.md, "Reliability"). Under
ten shared things there is agreement and the signed difference only: the rest would be noise with
two decimals. A thing counts once however many scored it: three recordings scored by ten people
are a hundred pairs, and three things.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from fidelity.agreement.alpha import Level, krippendorff_alpha
from fidelity.agreement.figure import Figure, Reason, not_computable
from fidelity.agreement.icc import Icc, icc
from fidelity.agreement.kappa import cohens_kappa, fleiss_kappa, weighted_kappa
from fidelity.agreement.pairs import exact, mean_difference, signed_differences, within
from fidelity.agreement.ratings import Ratings, Score

FEWEST = 10  # domain.md: below about 10 pairs, agreement and signed difference only

Scores = Mapping[str, Mapping[str, Score]]  # {unit: {rater: value}}


@dataclass(frozen=True)
class Row:
    """What a round says of one item or measure. None where a statistic is not for such values:
    a name has no distance, a distance needs no kappa."""

    key: str
    level: Level
    n: int  # units that two raters or more scored
    raters: tuple[str, ...]
    exact: Figure
    within_one: Figure | None
    weighted_kappa: Figure | None
    cohens_kappa: Figure | None
    fleiss_kappa: Figure | None
    icc: Icc | None
    alpha: Figure
    differences: dict[str, Figure]  # from the master scores where there are any, else the others'

    @property
    def enough(self) -> bool:
        """Whether there are enough units for more than agreement and the signed difference."""
        return self.n >= FEWEST


def table(
    scores: Mapping[str, Scores],
    levels: Mapping[str, Level],
    masters: Mapping[str, Mapping[str, Score]] | None = None,
) -> list[Row]:
    """A row an item of {item: {unit: {rater: value}}}, in its order. `masters`, {item: {unit:
    value}}, is what each unit should have got."""
    masters = masters or {}
    return [row(key, each, levels[key], masters.get(key)) for key, each in scores.items()]


def row(key: str, scores: Scores, level: Level, masters: Mapping[str, Score] | None = None) -> Row:
    ratings = Ratings.from_scores(scores)
    named, two = level == Level.NOMINAL, len(ratings.raters) <= 2
    n = 0 if ratings.problem else len(ratings.shared)
    few = not_computable(ratings.problem or Reason.TOO_FEW, n=n, raters=len(ratings.raters))
    enough = n >= FEWEST
    if named:
        differences = {}
    elif masters:
        differences = from_masters(scores, masters)
    else:
        differences = {} if ratings.problem else signed_differences(ratings)
    return Row(
        key=key,
        level=level,
        n=n,
        raters=ratings.raters,
        exact=exact(ratings),
        within_one=None if named else within(ratings, 1),
        weighted_kappa=(weighted_kappa(ratings) if enough else few)
        if two and level == Level.ORDINAL
        else None,
        cohens_kappa=(cohens_kappa(ratings) if enough else few) if two and named else None,
        fleiss_kappa=(fleiss_kappa(ratings) if enough else few) if named and not two else None,
        icc=None if named else (icc(ratings) if enough else Icc(*[few] * 6)),
        alpha=krippendorff_alpha(ratings, level) if enough else few,
        differences=differences,
    )


def from_masters(scores: Scores, masters: Mapping[str, Score]) -> dict[str, Figure]:
    """Each rater's mean signed difference from the master scores, over the units that have one:
    above 0, they score higher."""
    apart: dict[str, list[float]] = {}
    for unit, theirs in scores.items():
        master = masters.get(unit)
        if master is None:
            continue
        for rater, score in theirs.items():
            if score is not None:
                apart.setdefault(rater, []).append(float(score) - float(master))
    return {rater: mean_difference(apart[rater]) for rater in sorted(apart)}
