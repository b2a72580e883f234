"""Sums and means of items on a scale."""

from collections.abc import Mapping, Sequence

from fidelity.scoring.given import Given, NotComputable, Reason, Treatments, counting, total

Scored = tuple[float, int]  # a value, and how many items entered it


def mean(answers: Mapping[str, Given], treatments: Treatments, *, items: Sequence[str]) -> Scored:
    """The arithmetic mean of the items that count, in the items' own points."""
    entering = counting(items, answers, treatments)
    return total(entering) / len(entering), len(entering)


def sum_of(answers: Mapping[str, Given], treatments: Treatments, *, items: Sequence[str]) -> Scored:
    """The sum of the items that count, in the items' own points (or a count)."""
    entering = counting(items, answers, treatments)
    return total(entering), len(entering)


def percent_of_maximum(
    answers: Mapping[str, Given], treatments: Treatments, *, items: Sequence[str]
) -> Scored:
    """100 x sum of values / sum of highest possible values, over the items that count; 0 to 100
    where scales start at 0.

    An item that is left out leaves both sums, so that what could not be seen costs nothing.
    The way fidelity tools report a percent (domain.md, "Instruments, and what may be shipped").
    Not computable where no item that counts has a highest value above 0.
    """
    entering = [g for g in counting(items, answers, treatments) if g.maximum is not None]
    possible = sum(given.maximum for given in entering if given.maximum is not None)
    if possible == 0:
        raise NotComputable(Reason.ZERO_DENOMINATOR)
    return 100 * total(entering) / possible, len(entering)
