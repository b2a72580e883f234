"""The two shapes that summary scores of motivational interviewing take.

Source: Moyers, Manuel and Ernst, Motivational Interviewing Treatment Integrity coding manual
4.2.1, summary scores (domain.md, "MITI 4.2.1 arithmetic"):
percent complex reflections = complex / (simple + complex); reflection-to-question ratio =
(simple + complex) / questions. A zero denominator is not computable, never 0 or infinity.
The thresholds are benchmarks in the database, with source and date, not constants here.
"""

from collections.abc import Mapping, Sequence

from fidelity.scoring.given import Given, NotComputable, Reason, Treatments, counting, total
from fidelity.scoring.means import Scored


def ratio_of_sums(
    answers: Mapping[str, Given],
    treatments: Treatments,
    *,
    items: Sequence[str],
    over: Sequence[str],
) -> Scored:
    """Sum of `items` / sum of `over`, without unit: 2.0 reads "2 to 1"."""
    above = counting(items, answers, treatments)
    below = counting(over, answers, treatments)
    if total(below) == 0:
        raise NotComputable(Reason.ZERO_DENOMINATOR)
    return total(above) / total(below), len(set(items) | set(over))


def percent_of_sums(
    answers: Mapping[str, Given],
    treatments: Treatments,
    *,
    items: Sequence[str],
    over: Sequence[str],
) -> Scored:
    """100 x sum of `items` / sum of `over`, in percent."""
    ratio, counted = ratio_of_sums(answers, treatments, items=items, over=over)
    return 100 * ratio, counted
