"""Scores from answers: pure. "Not computable" is a value with a reason, never 0."""

from fidelity.scoring.formulas import FORMULAS, Formula, compute
from fidelity.scoring.given import Given, NotComputable, Outcome, Reason, State, Treatment

__all__ = [
    "FORMULAS",
    "Formula",
    "Given",
    "NotComputable",
    "Outcome",
    "Reason",
    "State",
    "Treatment",
    "compute",
]
