"""From values to places, and the round numbers that stand on an axis."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """A linear scale: `low` is placed at `start`, `high` at `end`. An axis that goes up a page
    has a `start` greater than its `end`. Where low equals high everything is in the middle."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of `value`, to a hundredth."""
        if self.high == self.low:
            return round((self.start + self.end) / 2, 2)
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 2)


def nice_ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round numbers from at or below `low` to at or above `high`: steps of 1, 2 or 5 times a
    power of ten, at most `most` + 1 of them (Heckbert, Graphics Gems, 1990, loose labelling)."""
    if not (math.isfinite(low) and math.isfinite(high)) or high < low:
        raise ValueError(f"no axis from {low} to {high}")
    if high == low:
        high = low + 1
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(
        (nice * power for nice in (1, 2, 5) if nice * power >= rough * (1 - 1e-9)), 10 * power
    )
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    return [round(place * step, digits) for place in range(first, last + 1)]
