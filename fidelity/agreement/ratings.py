"""Who scored what: units in rows, raters in columns, a gap where someone did not score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from fidelity.agreement.figure import Reason

Matrix = NDArray[np.float64]
Score = float | int | str | bool | None


@dataclass(frozen=True, eq=False)
class Ratings:
    """A matrix of scores, NaN where there is none, and the raters that its columns stand for.

    Units without any score and raters without any are left out at the door, so `raters` counts
    people who scored something.
    """

    values: Matrix
    raters: tuple[str, ...]

    @classmethod
    def from_rows(cls, rows: Sequence[Sequence[Score]], raters: Sequence[str] = ()) -> "Ratings":
        """A row a unit, a column a rater. Words are numbered, and so can only be nominal."""
        width = max((len(row) for row in rows), default=0)
        names = tuple(raters) or tuple(str(place) for place in range(width))
        values = np.full((len(rows), len(names)), np.nan)
        numbers = _numbered([score for row in rows for score in row])
        for place, row in enumerate(rows):
            for column, score in enumerate(row):
                if score is not None:
                    values[place, column] = numbers[score] if numbers else float(score)
        if np.isinf(values).any():
            raise ValueError("A score is infinite: no scale has that.")
        scored = ~np.isnan(values)
        someone, something = scored.any(axis=1), scored.any(axis=0)
        kept = tuple(name for name, has in zip(names, something, strict=True) if has)
        return cls(values[someone][:, something], kept)

    @classmethod
    def from_scores(cls, scores: Mapping[str, Mapping[str, Score]]) -> "Ratings":
        """From {unit: {rater: score}}; the order of raters is that of their names."""
        raters = sorted({rater for theirs in scores.values() for rater in theirs})
        rows = [[theirs.get(rater) for rater in raters] for theirs in scores.values()]
        return cls.from_rows(rows, raters)

    @cached_property
    def scored(self) -> NDArray[np.bool_]:
        return ~np.isnan(self.values)

    @cached_property
    def shared(self) -> Matrix:
        """The units that two raters or more scored: only they say anything of agreement."""
        return self.values[self.scored.sum(axis=1) >= 2]

    @cached_property
    def complete(self) -> Matrix:
        """The units that every rater scored."""
        return self.values[self.scored.all(axis=1)]

    @property
    def problem(self) -> Reason | None:
        """Why no agreement at all can be told from these, if so."""
        if not self.values.size:
            return Reason.NOTHING_SCORED
        if len(self.raters) < 2:
            return Reason.ONE_RATER
        return None if len(self.shared) else Reason.NOTHING_SHARED


def _numbered(scores: Sequence[Score]) -> dict[Score, float]:
    """Numbers for names, in the order of the names; empty where all are numbers already."""
    given = {score for score in scores if score is not None}
    if not any(isinstance(score, str) for score in given):
        return {}
    return {score: float(place) for place, score in enumerate(sorted(given, key=str))}
