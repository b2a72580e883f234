"""Means, sums and percents of the maximum, and what is not computable."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fidelity.scoring import Given, NotComputable, Outcome, Reason, State, Treatment, compute
from fidelity.scoring.means import mean, percent_of_maximum, sum_of

LEAVE_OUT = dict.fromkeys(list(State)[1:], Treatment.LEAVE_OUT)
AS_ZERO = dict.fromkeys(list(State)[1:], Treatment.AS_ZERO)
STOP = dict.fromkeys(list(State)[1:], Treatment.STOP)
NOT_SEEN = Given(None, State.NOT_OBSERVED, 4)

values = st.lists(st.floats(0, 4, allow_nan=False), min_size=1, max_size=30)


def on_scale(values):
    return {f"item-{place}": Given(value, maximum=4) for place, value in enumerate(values)}


def test_a_mean_is_the_sum_over_how_many():
    assert mean(on_scale([1, 2, 4.5]), STOP, items=["item-0", "item-1", "item-2"]) == (2.5, 3)


def test_percent_of_the_maximum_of_known_points():
    answers = on_scale([4, 3, 1, 0])

    assert percent_of_maximum(answers, STOP, items=list(answers)) == (50.0, 4)


def test_what_is_left_out_leaves_the_denominator():
    answers = {**on_scale([4, 2]), "unseen": NOT_SEEN}

    assert percent_of_maximum(answers, LEAVE_OUT, items=list(answers)) == (75.0, 2)
    assert mean(answers, LEAVE_OUT, items=list(answers)) == (3.0, 2)


def test_what_counts_as_zero_stays_in_the_denominator():
    answers = {**on_scale([4, 2]), "unseen": NOT_SEEN}

    assert percent_of_maximum(answers, AS_ZERO, items=list(answers)) == (50.0, 3)
    assert mean(answers, AS_ZERO, items=list(answers)) == (2.0, 3)


def test_a_stop_makes_it_not_computable():
    answers = {**on_scale([4, 2]), "unseen": NOT_SEEN}

    assert compute("mean", {"items": list(answers)}, answers, STOP) == Outcome(
        None, Reason.ITEM_WITHOUT_VALUE
    )


def test_each_state_has_its_own_treatment():
    treatments = {
        State.NOT_OBSERVED: Treatment.LEAVE_OUT,
        State.NOT_APPLICABLE: Treatment.AS_ZERO,
        State.MISSING: Treatment.STOP,
    }
    seen = on_scale([3])
    unseen, out_of_place = NOT_SEEN, Given(None, State.NOT_APPLICABLE, 4)

    assert mean({**seen, "x": unseen}, treatments, items=["item-0", "x"]) == (3.0, 1)
    assert mean({**seen, "x": out_of_place}, treatments, items=["item-0", "x"]) == (1.5, 2)
    with pytest.raises(NotComputable):
        mean(seen, treatments, items=["item-0", "nobody answered this"])


def test_nothing_observed_is_not_zero():
    assert compute("sum", {"items": ["x"]}, {"x": NOT_SEEN}, LEAVE_OUT) == Outcome(
        None, Reason.NOTHING_OBSERVED
    )


def test_items_without_a_highest_value_have_no_percent():
    counts = {"x": Given(3)}

    assert compute("percent_of_maximum", {"items": ["x"]}, counts, STOP) == Outcome(
        None, Reason.ZERO_DENOMINATOR
    )


@given(values)
def test_a_mean_lies_between_the_least_and_the_most(given_values):
    answers = on_scale(given_values)
    value, _ = mean(answers, STOP, items=list(answers))

    assert min(given_values) - 1e-9 <= value <= max(given_values) + 1e-9


@given(values)
def test_percent_of_maximum_is_the_mean_in_other_units(given_values):
    answers = on_scale(given_values)
    percent, _ = percent_of_maximum(answers, STOP, items=list(answers))

    assert 0 <= percent <= 100 + 1e-9
    assert math.isclose(percent, mean(answers, STOP, items=list(answers))[0] * 25, abs_tol=1e-9)


@given(values, st.randoms())
def test_the_order_of_items_does_not_matter(given_values, random):
    answers = on_scale(given_values)
    shuffled = list(answers)
    random.shuffle(shuffled)

    assert math.isclose(
        sum_of(answers, STOP, items=list(answers))[0], sum_of(answers, STOP, items=shuffled)[0]
    )
