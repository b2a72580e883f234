"""The formulas that a measure may name, and how one is run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fidelity.scoring.formula import formula_of
from fidelity.scoring.given import Given, NotComputable, Outcome, Treatments
from fidelity.scoring.means import Scored, mean, percent_of_maximum, sum_of
from fidelity.scoring.miti import percent_of_sums, ratio_of_sums


@dataclass(frozen=True)
class Formula:
    """A function of answers, and the names of its lists of items (or of its text)."""

    compute: Callable[..., Scored]
    parameters: tuple[str, ...] = ("items",)


FORMULAS: dict[str, Formula] = {
    "mean": Formula(mean),
    "sum": Formula(sum_of),
    "percent_of_maximum": Formula(percent_of_maximum),
    "ratio_of_sums": Formula(ratio_of_sums, ("items", "over")),
    "percent_of_sums": Formula(percent_of_sums, ("items", "over")),
    "formula": Formula(formula_of, ("formula",)),
}


def compute(
    name: str,
    parameters: Mapping[str, Any],
    answers: Mapping[str, Given],
    treatments: Treatments,
) -> Outcome:
    """Run the formula `name`. Raises KeyError on a name that is not in FORMULAS."""
    try:
        value, counted = FORMULAS[name].compute(answers, treatments, **parameters)
    except NotComputable as why:
        return Outcome(None, why.reason)
    return Outcome(value, None, counted)
