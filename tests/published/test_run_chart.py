"""The rules' limits by number of points, as published (Anhøj and Olesen, PLoS ONE 2014, 0113825;
domain.md, "Drift")."""

import pytest

from fidelity.drift.run_chart import fewest_crossings, longest_run_allowed

PUBLISHED = [
    # n, longest run allowed, fewest crossings
    (10, 6, 2),
    (12, 7, 3),
    (15, 7, 4),
    (18, 7, 5),
    (20, 7, 6),
    (24, 8, 8),
    (30, 8, 10),
]


@pytest.mark.parametrize(("n", "longest", "fewest"), PUBLISHED)
def test_limits_are_the_published_ones(n, longest, fewest):
    assert (longest_run_allowed(n), fewest_crossings(n)) == (longest, fewest)
