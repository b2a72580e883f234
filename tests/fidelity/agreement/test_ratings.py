"""Who scored what, and what is wrong with it."""

import math

import pytest

from fidelity.agreement import Ratings, Reason


def test_units_and_raters_without_scores_are_left_out():
    ratings = Ratings.from_scores(
        {"a": {"ben": 1, "ada": 2, "cleo": None}, "b": {"ben": 3}, "c": {"ada": None}}
    )

    assert ratings.raters == ("ada", "ben")
    assert ratings.values.shape == (2, 2)
    assert ratings.shared.tolist() == [[2, 1]]
    assert ratings.complete.tolist() == [[2, 1]]


def test_words_are_numbered_in_their_order():
    assert Ratings.from_rows([["open", "closed"], ["open", None]]).values[0].tolist() == [1, 0]
    assert Ratings.from_rows([["none", 3], [3, "none"]]).values[0].tolist() == [1, 0]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([], Reason.NOTHING_SCORED),
        ([[None, None]], Reason.NOTHING_SCORED),
        ([[1, None], [2, None]], Reason.ONE_RATER),
        ([[1, None], [None, 2]], Reason.NOTHING_SHARED),
        ([[1, 2], [None, 2]], None),
    ],
)
def test_a_round_without_agreement_says_why(rows, problem):
    assert Ratings.from_rows(rows).problem == problem


def test_an_infinite_score_is_refused():
    with pytest.raises(ValueError, match="infinite"):
        Ratings.from_rows([[1, math.inf]])


def test_every_reason_has_words():
    assert all(str(reason.words).endswith(".") for reason in Reason)
