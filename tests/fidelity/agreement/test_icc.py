"""Bands, and units that somebody left out."""

import pytest

from fidelity.agreement import Band, Ratings, band, icc
from tests.published.agreement_tables import SHROUT_FLEISS


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (-0.2, Band.POOR),
        (0.39, Band.POOR),
        (0.40, Band.FAIR),
        (0.59, Band.FAIR),
        (0.60, Band.GOOD),
        (0.74, Band.GOOD),
        (0.75, Band.EXCELLENT),
    ],
)
def test_bands_are_cicchettis(value, word):
    assert band(value) == word


def test_a_unit_that_somebody_left_out_is_left_out():
    with_gap = [*SHROUT_FLEISS, [5, None, 4, 6]]
    found, whole = icc(Ratings.from_rows(with_gap)), icc(Ratings.from_rows(SHROUT_FLEISS))

    assert found == whole
    assert found.two_way.n == 6
