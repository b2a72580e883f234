"""Ratios and percents of sums; a zero denominator has no value."""

import math

from hypothesis import given
from hypothesis import strategies as st

from fidelity.scoring import Given, Outcome, Reason, State, Treatment, compute

STOP = dict.fromkeys(list(State)[1:], Treatment.STOP)
REFLECTIONS = ["simple", "complex"]
counts = st.integers(0, 300)


def counted(**numbers):
    return {key: Given(float(number)) for key, number in numbers.items()}


def percent_complex(simple, complex_):
    return compute(
        "percent_of_sums",
        {"items": ["complex"], "over": REFLECTIONS},
        counted(simple=simple, complex=complex_),
        STOP,
    )


def reflections_to_questions(simple, complex_, questions):
    return compute(
        "ratio_of_sums",
        {"items": REFLECTIONS, "over": ["questions"]},
        counted(simple=simple, complex=complex_, questions=questions),
        STOP,
    )


def test_percent_complex_reflections():
    assert percent_complex(6, 4) == Outcome(40.0, None, 2)


def test_reflection_to_question_ratio():
    assert reflections_to_questions(6, 4, 5) == Outcome(2.0, None, 3)


def test_no_reflections_make_the_percent_not_computable():
    assert percent_complex(0, 0) == Outcome(None, Reason.ZERO_DENOMINATOR)


def test_no_questions_make_the_ratio_not_computable():
    assert reflections_to_questions(6, 4, 0) == Outcome(None, Reason.ZERO_DENOMINATOR)


def test_no_reflections_but_questions_give_a_ratio_of_nought():
    assert reflections_to_questions(0, 0, 5) == Outcome(0.0, None, 3)


def test_a_missing_count_is_not_taken_for_nought():
    answers = {"complex": Given(4.0)}

    assert compute(
        "percent_of_sums", {"items": ["complex"], "over": REFLECTIONS}, answers, STOP
    ) == Outcome(None, Reason.ITEM_WITHOUT_VALUE)


@given(counts, counts)
def test_the_percent_and_its_counterpart_make_a_hundred(simple, complex_):
    outcome, other = percent_complex(simple, complex_), percent_complex(complex_, simple)

    if simple + complex_ == 0:
        assert outcome.value is None and other.value is None
    else:
        assert math.isclose(outcome.value + other.value, 100)


@given(counts, counts, counts, st.integers(1, 20))
def test_a_ratio_does_not_depend_on_the_length_of_the_segment(simple, complex_, questions, times):
    once = reflections_to_questions(simple, complex_, questions)
    longer = reflections_to_questions(simple * times, complex_ * times, questions * times)

    assert once.reason == longer.reason
    assert once.value is None or math.isclose(once.value, longer.value)
