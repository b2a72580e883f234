"""XmR, EWMA and CUSUM: when they signal, since when, and what they refuse to judge."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fidelity.drift.cusum import cusum, cusum_of, found_by_cusum
from fidelity.drift.ewma import ewma, ewma_of, found_by_ewma
from fidelity.drift.finding import Direction, Finding, Verdict
from fidelity.drift.xmr import found_by_xmr, xmr

FOUND_BY = {"XmR": found_by_xmr, "EWMA": found_by_ewma, "CUSUM": found_by_cusum}
STEADY = [50, 54, 49, 55, 51, 53, 48, 52, 50, 54, 49, 53]
each_chart = pytest.mark.parametrize("found_by", FOUND_BY.values(), ids=FOUND_BY)
series = st.lists(st.integers(0, 100), min_size=2, max_size=30)


@each_chart
def test_ups_and_downs_are_stable(found_by):
    assert found_by(STEADY) == Finding(Verdict.STABLE, 12)


@each_chart
def test_nine_points_are_too_few(found_by):
    assert found_by([50, 51] * 4 + [99]) == Finding(Verdict.TOO_FEW, 9)


@each_chart
@pytest.mark.parametrize("values", [[], [70.0]])
def test_no_points_and_one_are_too_few(found_by, values):
    assert found_by(values) == Finding(Verdict.TOO_FEW, len(values))


@each_chart
def test_points_that_never_vary_are_stable(found_by):
    assert found_by([70.0] * 24) == Finding(Verdict.STABLE, 24)


@each_chart
def test_a_baseline_that_does_not_vary_draws_no_limits(found_by):
    assert found_by([70.0] * 12 + [71.0], baseline=12) == Finding(Verdict.TOO_FEW, 13)


@each_chart
def test_a_baseline_that_is_not_full_yet_draws_no_limits(found_by):
    assert found_by(STEADY, baseline=24) == Finding(Verdict.TOO_FEW, 12)


@each_chart
@pytest.mark.parametrize(("by", "direction"), [(12, Direction.UP), (-12, Direction.DOWN)])
def test_a_lasting_shift_from_a_baseline_is_a_signal_since_it_began(found_by, by, direction):
    shifted = STEADY + [value + by for value in STEADY]
    found = found_by(shifted, baseline=12)

    assert (found.kind, found.direction, found.n) == (Verdict.SIGNAL, direction, 24)
    assert 12 <= found.since <= 14


@each_chart
@given(values=series)
@settings(max_examples=30)
def test_upside_down_the_direction_turns(found_by, values):
    found, turned = found_by(values), found_by([-value for value in values])

    assert (found.kind, found.since) == (turned.kind, turned.since)
    assert found.direction is None or found.direction != turned.direction


def test_one_point_far_out_is_a_signal_and_its_way_there_a_jump():
    chart = xmr([*STEADY, 75, *STEADY])

    assert chart.finding == Finding(Verdict.SIGNAL, 25, 12, Direction.UP)
    assert chart.jumps == (12, 13)


def test_a_jump_alone_is_no_signal():
    # One step, and limits from both its sides.
    chart = xmr([50, 51] * 8 + [58, 57] * 8, baseline=None)
    assert chart.range_high < 7

    wide = xmr([40, 60] * 8 + [45, 55, 45, 55])
    assert wide.finding.kind == Verdict.STABLE


def test_the_limits_of_a_moving_average_widen_to_what_they_stay_at():
    chart = ewma(STEADY * 4, target=51.5, sigma=2)
    steady = ewma(STEADY * 4, target=51.5, sigma=2, steady=True)
    widths = [each.high - each.low for each in chart.averages]

    # At first the average is a fifth of one point: 2 x 3 x 0.2 x 2.
    assert widths[0] == pytest.approx(2.4)
    assert widths == sorted(widths)
    assert widths[-1] == pytest.approx(steady.averages[-1].high - steady.averages[-1].low)


def test_a_cumulative_sum_counts_from_where_it_last_left_nought():
    chart = cusum([50.0] * 10 + [52.0] * 6, target=50, sigma=1)

    # 1.5 a point from the eleventh on: beyond 5 at the fourteenth.
    assert [sums.high for sums in chart.sums[9:14]] == [0, 1.5, 3.0, 4.5, 6.0]
    assert chart.finding == Finding(Verdict.SIGNAL, 16, 10, Direction.UP)


def test_a_shift_that_was_made_good_stays_told():
    chart = cusum([50.0] * 10 + [47.0] * 4 + [50.0] * 40, target=50, sigma=1)

    assert chart.sums[-1].low == 0
    assert chart.finding == Finding(Verdict.SIGNAL, 54, 10, Direction.DOWN)


def test_all_values_are_the_baseline_where_none_is_named():
    assert ewma_of(STEADY).target == cusum_of(STEADY).target == xmr(STEADY).centre
