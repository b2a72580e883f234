"""A calibration round's table."""

import pytest

from fidelity.agreement import Level, Reason
from fidelity.agreement.calibration import from_masters, table


def scored(rows, raters="abc"):
    """{unit: {rater: score}} of rows."""
    return {f"unit {place}": dict(zip(raters, row, strict=False)) for place, row in enumerate(rows)}


TWELVE = [[1, 1], [2, 3], [3, 3], [4, 5], [5, 5], [1, 2]] * 2


def test_an_ordinal_item_of_two_raters_has_weighted_kappa():
    (row,) = table({"listening": scored(TWELVE)}, {"listening": Level.ORDINAL})

    assert (row.key, row.n, row.raters, row.enough) == ("listening", 12, ("a", "b"), True)
    assert row.exact.value == pytest.approx(0.5)
    assert row.within_one.value == 1
    assert row.weighted_kappa.low < row.weighted_kappa.value < row.weighted_kappa.high
    assert row.icc.two_way.value == pytest.approx(row.weighted_kappa.value, abs=0.05)
    assert row.alpha.value == pytest.approx(row.weighted_kappa.value, abs=0.05)
    assert (row.cohens_kappa, row.fleiss_kappa) == (None, None)
    assert row.differences["b"].value == pytest.approx(0.5)


def test_a_nominal_item_of_three_raters_has_fleiss_kappa_and_no_distances():
    rows = [["yes", "yes", "no"], ["no", "no", "no"]] * 6
    (row,) = table({"agenda set": scored(rows)}, {"agenda set": Level.NOMINAL})

    assert row.fleiss_kappa.value is not None
    assert (row.cohens_kappa, row.weighted_kappa, row.within_one, row.icc) == (None,) * 4
    assert row.differences == {}


def test_a_nominal_item_of_two_raters_has_cohens_kappa():
    (row,) = table({"x": scored([["yes", "yes"], ["no", "yes"]] * 6)}, {"x": Level.NOMINAL})

    assert row.cohens_kappa.value == pytest.approx(0)
    assert row.fleiss_kappa is None


def test_a_measure_of_many_raters_has_no_kappa():
    rows = [[60.0, 62.5, 58.0], [80.0, 78.0, 85.5], [40.0, 44.0, None]] * 4
    (row,) = table({"percent": scored(rows)}, {"percent": Level.INTERVAL})

    assert (row.weighted_kappa, row.cohens_kappa, row.fleiss_kappa) == (None, None, None)
    assert row.icc.two_way.n == 8
    assert row.alpha.n == 12


def test_nine_things_have_agreement_and_signed_difference_only():
    (row,) = table({"listening": scored(TWELVE[:9])}, {"listening": Level.ORDINAL})

    assert row.exact.value is not None
    assert row.differences["a"].value is not None
    assert {figure.why for figure in (row.weighted_kappa, row.alpha, *vars(row.icc).values())} == {
        Reason.TOO_FEW
    }


def test_a_hundred_pairs_of_three_things_are_three_things():
    rows = [list(range(10)), [1] * 10, [2] * 10]
    (row,) = table({"x": scored(rows, "abcdefghij")}, {"x": Level.ORDINAL})

    assert (row.n, row.enough, row.alpha.why) == (3, False, Reason.TOO_FEW)


def test_things_that_one_person_scored_are_no_agreement():
    (row,) = table({"x": scored([[1, None], [None, 2]])}, {"x": Level.ORDINAL})

    assert (row.n, row.exact.why, row.alpha.why) == (
        0,
        Reason.NOTHING_SHARED,
        Reason.NOTHING_SHARED,
    )
    assert row.differences == {}


def test_master_scores_are_what_raters_are_compared_with():
    masters = {"x": {"unit 0": 2, "unit 1": 2, "unit 2": None}}
    (row,) = table({"x": scored([[3, 1], [4, 2], [5, 5]])}, {"x": Level.ORDINAL}, masters)

    assert {rater: (each.value, each.n) for rater, each in row.differences.items()} == {
        "a": (1.5, 2),
        "b": (-0.5, 2),
    }


def test_a_unit_without_a_master_is_no_difference():
    assert from_masters({"u": {"a": 1}}, {}) == {}
