"""Nothing to compute from is a reason in words: never NaN, never 0."""

import pytest

from fidelity.agreement import (
    Level,
    Ratings,
    Reason,
    cohens_kappa,
    exact,
    fleiss_kappa,
    icc,
    krippendorff_alpha,
    weighted_kappa,
)

STATISTICS = {
    "exact": exact,
    "weighted kappa": weighted_kappa,
    "Cohen's kappa": cohens_kappa,
    "Fleiss' kappa": fleiss_kappa,
    "ICC(1)": lambda ratings: icc(ratings).one_way,
    "ICC(2,k)": lambda ratings: icc(ratings).two_way_mean,
    **{level: lambda r, level=level: krippendorff_alpha(r, level) for level in Level},
}
NOTHING = {
    Reason.NOTHING_SCORED: [[None, None]] * 12,
    Reason.ONE_RATER: [[3, None]] * 12,
    Reason.NOTHING_SHARED: [[1, None], [None, 2]] * 6,
}


@pytest.mark.parametrize("statistic", STATISTICS.values(), ids=STATISTICS)
@pytest.mark.parametrize(("why", "rows"), NOTHING.items(), ids=NOTHING)
def test_without_two_scores_of_one_unit_there_is_no_agreement(statistic, why, rows):
    found = statistic(Ratings.from_rows(rows))

    assert (found.value, found.low, found.why) == (None, None, why)


@pytest.mark.parametrize("name", [name for name in STATISTICS if name != "exact"])
def test_equal_scores_throughout_leave_chance_nothing_to_compare(name):
    found = STATISTICS[name](Ratings.from_rows([[4, 4]] * 12))

    assert (found.value, found.why) == (None, Reason.NO_VARIANCE)


def test_equal_scores_throughout_are_full_agreement():
    assert exact(Ratings.from_rows([[4, 4]] * 12)).value == 1


@pytest.mark.parametrize("statistic", [weighted_kappa, cohens_kappa])
def test_three_raters_are_not_two(statistic):
    assert statistic(Ratings.from_rows([[1, 2, 3]] * 12)).why == Reason.NOT_TWO_RATERS


def test_gaps_everywhere_leave_fleiss_and_icc_without_complete_units():
    rows = [[1, 2, None], [None, 2, 3], [1, None, 3]] * 4
    ratings = Ratings.from_rows(rows)

    assert fleiss_kappa(ratings).why == Reason.INCOMPLETE
    assert icc(ratings).two_way.why == Reason.INCOMPLETE
    assert krippendorff_alpha(ratings, Level.ORDINAL).value is not None


def test_one_unit_has_no_correlation():
    assert icc(Ratings.from_rows([[1, 2]])).fixed.why == Reason.ONE_UNIT


def test_perfect_agreement_has_a_value_and_no_interval():
    ratings = Ratings.from_rows([[score, score] for score in (1, 2, 3, 4, 5) * 3])

    for name, statistic in STATISTICS.items():
        found = statistic(ratings)
        assert found.value == pytest.approx(1), name
        if name != "exact":
            assert (found.low, found.why_no_interval) == (None, Reason.NO_SPREAD), name


def test_units_that_do_not_differ_have_a_correlation_at_or_below_nought():
    # Raters disagree, and every unit has the same mean: no share of what varies is the units'.
    found = icc(Ratings.from_rows([[1, 3], [3, 1]] * 6))

    assert found.one_way.value == pytest.approx(-1)
    assert found.one_way.low is None
    assert found.one_way_mean.why == Reason.NO_END


def test_the_interval_of_the_mean_of_raters_may_have_no_end_below():
    # Raters' means lie closer together than chance would have them: McGraw and Wong's limit for
    # absolute agreement passes its pole, and would come out above the upper one.
    found = icc(Ratings.from_rows([[3, 4], [5, 5], [5, 4], [5, 3]]))

    assert found.two_way_mean.value == pytest.approx(0)
    assert (found.two_way_mean.low, found.two_way_mean.why_no_interval) == (None, Reason.NO_END)
    assert found.fixed_mean.low < found.fixed_mean.value


def test_two_raters_who_change_places_have_no_absolute_agreement_to_divide_by():
    assert icc(Ratings.from_rows([[1, 2], [2, 1]])).two_way.why == Reason.NO_END


def test_a_rater_who_is_always_one_higher_is_consistent_and_not_in_agreement():
    found = icc(Ratings.from_rows([[score, score + 1] for score in (1, 2, 3, 4)] * 3))

    assert found.fixed.value == pytest.approx(1)
    assert found.two_way.value is not None
    assert found.two_way.value < 0.8


def test_scores_that_nearly_all_agree_have_too_few_draws_for_an_interval():
    found = cohens_kappa(Ratings.from_rows([[1, 1]] * 19 + [[1, 2]]))

    assert found.value == pytest.approx(0)
    assert (found.low, found.why_no_interval) == (None, Reason.MOSTLY_ALIKE)
