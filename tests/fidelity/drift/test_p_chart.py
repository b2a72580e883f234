"""Shares of numbers that differ."""

import pytest

from fidelity.drift.finding import Direction, Finding, Verdict
from fidelity.drift.p_chart import p_chart

STEADY = [(30, 60), (14, 30), (31, 60), (16, 30), (29, 60), (15, 30)] * 2


def test_each_point_has_the_limits_of_its_own_number():
    chart = p_chart(STEADY)

    assert chart.centre == pytest.approx(270 / 540)
    assert chart.shares[0].high - chart.shares[0].low == pytest.approx(6 * (0.25 / 60) ** 0.5)
    assert chart.shares[1].high - chart.shares[1].low == pytest.approx(6 * (0.25 / 30) ** 0.5)
    assert chart.finding == Finding(Verdict.STABLE, 12)


def test_the_same_share_is_out_of_many_a_signal_and_out_of_few_none():
    assert p_chart([*STEADY, (48, 60)], baseline=12).finding == Finding(
        Verdict.SIGNAL, 13, 12, Direction.UP
    )
    assert p_chart([*STEADY, (8, 10)], baseline=12).finding == Finding(Verdict.STABLE, 13)


def test_a_month_without_reviews_is_no_share_and_no_point():
    chart = p_chart([*STEADY[:9], (0, 0)])

    assert (chart.shares[9].value, chart.shares[9].side) == (None, 0)
    assert chart.finding == Finding(Verdict.TOO_FEW, 9)


def test_limits_end_where_shares_do_and_say_when_they_are_rough():
    chart = p_chart([(9, 10)] * 12)

    assert {(share.high, share.rough) for share in chart.shares} == {(1.0, True)}
    assert not p_chart(STEADY).shares[0].rough


def test_all_and_none_of_them_are_stable():
    assert p_chart([(10, 10)] * 12).finding == Finding(Verdict.STABLE, 12)
    assert p_chart([(0, 10)] * 12).finding == Finding(Verdict.STABLE, 12)


def test_nothing_counted_is_no_chart():
    assert p_chart([]) is None
    assert p_chart([(0, 0)] * 12) is None


@pytest.mark.parametrize("count", [(3, 2), (-1, 2)])
def test_more_than_all_is_refused(count):
    with pytest.raises(ValueError, match="no share"):
        p_chart([count])
