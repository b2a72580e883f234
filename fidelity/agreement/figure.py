"""What a statistic of agreement comes to: a value with n and an interval, or why there is none."""

import math
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Reason(StrEnum):
    """Why there is no value, or no interval around it."""

    NOTHING_SCORED = "nothing_scored"
    ONE_RATER = "one_rater"
    NOTHING_SHARED = "nothing_shared"
    TOO_FEW = "too_few"
    NO_VARIANCE = "no_variance"
    NOT_TWO_RATERS = "not_two_raters"
    INCOMPLETE = "incomplete"
    ONE_UNIT = "one_unit"
    NO_SPREAD = "no_spread"
    MOSTLY_ALIKE = "mostly_alike"
    NO_END = "no_end"

    @property
    def words(self) -> Promise:
        """The reason as a sentence for whoever reads the page."""
        return WORDS[self]


WORDS: dict[Reason, Promise] = {
    Reason.NOTHING_SCORED: _("Nobody has scored it yet."),
    Reason.ONE_RATER: _("Only one person has scored it; agreement takes two."),
    Reason.NOTHING_SHARED: _("No two people have scored the same thing."),
    Reason.TOO_FEW: _("Fewer than 10 things were scored by two people."),
    Reason.NO_VARIANCE: _("All scores are the same, so chance alone would agree as well."),
    Reason.NOT_TWO_RATERS: _("It compares two people, and here there are more."),
    Reason.INCOMPLETE: _("Too few things were scored by everybody. Krippendorff's alpha copes."),
    Reason.ONE_UNIT: _("It rests on one thing that was scored."),
    Reason.NO_SPREAD: _("The differences are all the same, which says nothing of chance."),
    Reason.NO_END: _("Raters differ so much more than what they scored that it has no end below."),
    Reason.MOSTLY_ALIKE: _("The scores are so much alike that chance can hardly be told."),
}


@dataclass(frozen=True)
class Figure:
    """A statistic over `n` units by `raters` people, with a 95% interval.

    A value that cannot be computed is None with a reason, never 0 or NaN; so is an interval.
    """

    value: float | None
    n: int
    raters: int
    low: float | None = None
    high: float | None = None
    why: Reason | None = None
    why_no_interval: Reason | None = None

    def __post_init__(self) -> None:
        for number in (self.value, self.low, self.high):
            assert number is None or math.isfinite(number), self
        assert (self.value is None) == (self.why is not None), self
        assert (self.low is None) == (self.high is None), self

    @property
    def computable(self) -> bool:
        return self.value is not None


def not_computable(why: Reason, *, n: int = 0, raters: int = 0) -> Figure:
    """No value, and so no interval."""
    return Figure(None, n, raters, why=why, why_no_interval=why)
