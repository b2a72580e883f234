"""What the rules say of series whose answer is known."""

import random
from math import comb

from hypothesis import given
from hypothesis import strategies as st

from fidelity.drift.finding import Direction, Finding
from fidelity.drift.run_chart import Run, Verdict, assess, fewest_crossings

series = st.lists(st.integers(0, 20), min_size=1, max_size=60)


def test_ups_and_downs_are_stable():
    found = assess([50, 60, 40, 55, 45, 62, 41, 58, 39, 61, 44, 57])

    assert (found.verdict, found.median, found.useful) == (Verdict.STABLE, 52.5, 12)


def test_a_lasting_shift_is_a_signal_from_where_it_began():
    # Eight below, then eight above: a run of 8 where 7 are allowed, one crossing where 4 are.
    found = assess([40, 41, 42, 40, 41, 42, 40, 41, 60, 61, 62, 60, 61, 62, 60, 61])

    assert found.verdict == Verdict.SIGNAL
    assert (found.run_signals, found.crossings_signal) == (True, True)
    assert found.longest == Run(first=0, last=7, length=8, above=False)
    assert (found.crossings, found.fewest_crossings) == (1, 4)


def test_slow_waves_are_a_signal_by_their_crossings_alone():
    found = assess([1, 1, 1, 1, 1, 9, 9, 9, 9, 9, 1, 1, 1, 1, 1, 9, 9, 9, 9, 9])

    assert (found.verdict, found.run_signals, found.crossings_signal) == (
        Verdict.SIGNAL,
        False,
        True,
    )


def test_values_on_the_median_neither_break_a_run_nor_count():
    found = assess([1, 1, 5, 1, 9, 9, 5, 9])

    assert (found.useful, found.longest) == (6, Run(first=0, last=3, length=3, above=False))


def test_nine_points_are_too_few_whatever_they_say():
    assert assess([1, 1, 1, 1, 5, 9, 9, 9, 9]).verdict == Verdict.TOO_FEW


def test_no_points_and_equal_points_are_too_few():
    assert assess([]).verdict == Verdict.TOO_FEW
    assert assess([70.0] * 24).verdict == Verdict.TOO_FEW


@given(series)
def test_upside_down_the_verdict_is_the_same(values):
    found, turned = assess(values), assess([-value for value in values])

    assert (found.verdict, found.crossings) == (turned.verdict, turned.crossings)


@given(series)
def test_backwards_the_verdict_is_the_same(values):
    assert assess(values).verdict == assess(values[::-1]).verdict


@given(series, st.sampled_from([0.5, 2, 4]), st.integers(-100, 100))
def test_the_unit_does_not_matter(values, factor, shift):
    assert (
        assess(values).crossings == assess([value * factor + shift for value in values]).crossings
    )


@given(st.integers(1, 100))
def test_crossings_limit_is_a_fifth_percentile(n):
    limit = fewest_crossings(n)
    draws = 2 ** (n - 1)
    at_most = sum(comb(n - 1, k) for k in range(limit + 1))
    below = sum(comb(n - 1, k) for k in range(limit))
    assert below * 20 < draws <= at_most * 20


def test_random_series_seldom_signal():
    # Published: about 5%, from the binomial. Around its own median a series of 24 has exactly 12
    # on each side, which makes it less: 2.95% of these 4,000 (a standard error is 0.3%).
    chance = random.Random(20141125)
    signals = sum(
        assess([chance.gauss(0, 1) for _ in range(24)]).verdict == Verdict.SIGNAL
        for _ in range(4000)
    )

    assert 0.02 < signals / 4000 < 0.05


def test_a_finding_is_the_latest_run_that_is_too_long():
    shifted = assess([40, 41, 42, 40, 41, 42, 40, 41, 60, 61, 62, 60, 61, 62, 60, 61])

    assert shifted.finding == Finding(Verdict.SIGNAL, 16, 8, Direction.UP)


def test_a_run_that_begins_the_series_tells_of_a_change_where_it_ends():
    found = assess(
        [10, 20, 11, 21, 12, 22, 13, 23, 90, 80, 91, 81, 14, 82, 92, 24, 93, 83, 94, 25]
    ).finding

    assert found == Finding(Verdict.SIGNAL, 20, 8, Direction.UP)


def test_slow_waves_have_neither_a_beginning_nor_a_direction():
    found = assess([1, 1, 1, 1, 1, 9, 9, 9, 9, 9, 1, 1, 1, 1, 1, 9, 9, 9, 9, 9]).finding

    assert found == Finding(Verdict.SIGNAL, 20)


@given(series)
def test_a_finding_names_a_point_that_is_not_on_the_median(values):
    found = assess(values)

    assert (found.finding.kind, found.finding.n) == (found.verdict, found.useful)
    if found.finding.since is not None:
        above = values[found.finding.since] > found.median
        assert above == (found.finding.direction == Direction.UP)
        assert values[found.finding.since] != found.median
