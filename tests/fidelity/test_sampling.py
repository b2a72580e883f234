"""Reviews are shared out evenly, as varied as it goes, and the same every time."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fidelity.sampling import due_on, share_out


def test_everybody_gets_as_many_and_each_person_another_reviewer():
    shared = share_out([11, 12, 13, 11, 12, 13], [1, 2, 3])

    assert Counter(shared) == {1: 2, 2: 2, 3: 2}
    assert all(first != second for first, second in zip(shared[:3], shared[3:], strict=True))
    assert shared == share_out([11, 12, 13, 11, 12, 13], [1, 2, 3])


def test_another_plan_begins_with_another_reviewer():
    assert {share_out([11], [1, 2, 3], turn=turn)[0] for turn in range(3)} == {1, 2, 3}


def test_what_was_reviewed_before_counts():
    assert share_out([11, 12], [1, 2], before={(1, 11): 2}) == [2, 2]


def test_who_is_barred_gets_none_and_others_move_over():
    # 11 and 12 could be anybody's, 13 and 14 are for 1 alone: 2 takes the first two.
    shared = share_out([11, 12, 13, 14], [1, 2], barred=[(2, 13), (2, 14)])

    assert shared == [2, 2, 1, 1]


def test_where_everybody_is_barred_nobody_is_named():
    assert share_out([11, 12], [1], barred=[(1, 11)]) == [None, 1]
    assert share_out([11], []) == [None]


@settings(max_examples=60)
@given(
    people=st.lists(st.integers(101, 106), max_size=12),
    barred=st.sets(st.tuples(st.integers(1, 4), st.integers(101, 106)), max_size=16),
)
def test_no_review_could_move_to_a_reviewer_with_two_less(people, barred):
    shared = share_out(people, [1, 2, 3, 4], barred=barred)

    load = Counter(shared)
    for person, reviewer in zip(people, shared, strict=True):
        free = [each for each in (1, 2, 3, 4) if (each, person) not in barred]
        assert (reviewer in free) if free else reviewer is None
        if free:
            assert load[reviewer] <= min(load[each] for each in free) + 1


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 1, 1), [date(2026, 1, 31), date(2026, 3, 2), date(2026, 4, 1)]),
        (date(2026, 3, 2), [date(2026, 3, 12), date(2026, 3, 22), date(2026, 4, 1)]),
        (date(2026, 6, 1), [date(2026, 4, 1)] * 3),
    ],
)
def test_days_are_spread_over_what_is_left_of_the_window(today, days):
    window = date(2026, 1, 1), date(2026, 4, 1)

    found = [due_on(number, 3, *window, today) for number in (1, 2, 3)]

    assert found == days
    assert all(first <= second for first, second in pairwise(found))
