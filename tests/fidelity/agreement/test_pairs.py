"""Agreement of pairs, and how far one rater lies from another."""

import pytest

from fidelity.agreement import Ratings, Reason, exact, mean_difference, signed_differences, within


def rated(*rows):
    return Ratings.from_rows(rows)


def test_two_raters_agree_on_the_share_of_units_with_equal_scores():
    found = exact(rated([1, 1], [2, 3], [4, 4], [1, 4]))

    assert (found.value, found.n, found.raters) == (0.5, 4, 2)
    assert (found.low, found.high) == pytest.approx((0.1500, 0.8500), abs=1e-4)  # Wilson, 2 of 4


def test_within_one_point_takes_neighbours():
    assert within(rated([1, 1], [2, 3], [4, 4], [1, 4])).value == 0.75


def test_a_unit_counts_once_however_many_scored_it():
    # 1 of 3 pairs agrees in the first, the only pair in the second.
    assert exact(rated([1, 1, 2], [5, 5, None])).value == pytest.approx((1 / 3 + 1) / 2)


def test_full_agreement_on_few_units_is_still_unsure():
    found = exact(rated([1, 1], [2, 2], [3, 3]))

    assert (found.value, found.high) == (1, 1)
    assert found.low == pytest.approx(0.4385, abs=1e-4)


def test_raters_lie_above_or_below_the_mean_of_the_others():
    found = signed_differences(rated([3, 1, 2], [4, 2, 3], [5, 1, 3]))

    assert {rater: figure.value for rater, figure in found.items()} == {
        "0": pytest.approx(2.0),
        "1": pytest.approx(-2.0),
        "2": pytest.approx(0.0),
    }


def test_two_raters_differ_by_opposite_amounts():
    found = signed_differences(rated([3, 1], [4, 4], [5, None]))

    assert (found["0"].value, found["1"].value, found["0"].n) == (1.0, -1.0, 2)


@pytest.mark.parametrize(
    ("differences", "value", "why"),
    [
        ([], None, Reason.NOTHING_SHARED),
        ([2.0], 2.0, Reason.ONE_UNIT),
        ([2.0] * 5, 2.0, Reason.NO_SPREAD),
    ],
)
def test_a_difference_has_an_interval_where_there_is_spread(differences, value, why):
    found = mean_difference(differences)

    assert (found.value, found.low, found.why_no_interval) == (value, None, why)
