"""What a reviewer gave for an item, and what a measure makes of what was not given.

Not observed, not applicable and missing are three things. "Not observed": there was no occasion
to see it. "Not applicable": it could not have occurred here. "Missing": nobody answered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    OBSERVED = "observed"
    NOT_OBSERVED = "not_observed"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"


class Treatment(StrEnum):
    """What an item without a value does to a measure's denominator."""

    LEAVE_OUT = "leave_out"  # the item leaves numerator and denominator
    AS_ZERO = "as_zero"  # the item stays in the denominator and adds nothing
    STOP = "stop"  # the measure is not computable


class Reason(StrEnum):
    """Why a measure is not computable."""

    ZERO_DENOMINATOR = "zero_denominator"
    NOTHING_OBSERVED = "nothing_observed"
    ITEM_WITHOUT_VALUE = "item_without_value"
    OUT_OF_RANGE = "out_of_range"  # a formula's number, too large to be one


class NotComputable(Exception):
    """A measure has no value, for a reason that is kept beside it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Given:
    """One answer: `value` is there exactly when it was observed; `maximum` is the item's highest
    possible value, None where there is none (a count)."""

    value: float | None
    state: State = State.OBSERVED
    maximum: float | None = None


@dataclass(frozen=True)
class Outcome:
    """A measure's value, or why there is none; `counted` items entered it."""

    value: float | None
    reason: Reason | None = None
    counted: int = 0


MISSING = Given(None, State.MISSING)
Treatments = Mapping[State, Treatment]


def counting(
    keys: Iterable[str], answers: Mapping[str, Given], treatments: Treatments
) -> list[Given]:
    """The answers to `keys` that enter a sum. Raises NotComputable where a treatment says stop,
    and where no answer is left."""
    entering = []
    for key in keys:
        given = answers.get(key, MISSING)
        if given.state == State.OBSERVED:
            entering.append(given)
            continue
        treatment = treatments[given.state]
        if treatment == Treatment.STOP:
            raise NotComputable(Reason.ITEM_WITHOUT_VALUE)
        if treatment == Treatment.AS_ZERO:
            entering.append(Given(0.0, State.OBSERVED, given.maximum))
    if not entering:
        raise NotComputable(Reason.NOTHING_OBSERVED)
    return entering


def total(givens: Iterable[Given]) -> float:
    """The sum of values that are known to be there."""
    return sum(given.value for given in givens if given.value is not None)
