"""Scales and the round numbers on an axis."""

import math
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.charts import Scale, nice_ticks

numbers = st.floats(-1e6, 1e6, allow_nan=False)


def test_a_scale_places_its_ends_and_the_middle():
    scale = Scale(0, 100, 10, 90)

    assert [scale(value) for value in (0, 50, 100)] == [10, 50, 90]


def test_an_axis_that_goes_up_the_page():
    assert [Scale(0, 4, 200, 20)(value) for value in (0, 1, 4)] == [200, 155, 20]


def test_one_value_alone_stands_in_the_middle():
    assert Scale(3, 3, 0, 100)(3) == 50


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 100, [0, 20, 40, 60, 80, 100]),
        (0, 4, [0, 1, 2, 3, 4]),
        (0, 2.7, [0, 0.5, 1, 1.5, 2, 2.5, 3]),
        (0, 13, [0, 5, 10, 15]),
        (0, 0.3, [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3]),
        (7, 7, [7, 7.2, 7.4, 7.6, 7.8, 8]),
    ],
)
def test_ticks_are_round(low, high, ticks):
    assert nice_ticks(low, high) == ticks


def test_an_axis_needs_two_real_ends():
    with pytest.raises(ValueError, match="no axis from 2 to 1"):
        nice_ticks(2, 1)
    with pytest.raises(ValueError, match="no axis from 0 to nan"):
        nice_ticks(0, math.nan)


@given(numbers, numbers)
def test_ticks_enclose_their_values_in_equal_steps(one, other):
    low, high = sorted((one, other))
    assume(high - low > 1e-6 * max(1, abs(low), abs(high)))
    ticks = nice_ticks(low, high)
    step = ticks[1] - ticks[0]

    assert 2 <= len(ticks) <= 8
    assert ticks[0] <= low + step * 1e-6 and ticks[-1] >= high - step * 1e-6
    for before, after in pairwise(ticks):
        assert math.isclose(after - before, step, rel_tol=1e-6, abs_tol=1e-9)
