"""Small cells, and what would let them be derived."""

from hypothesis import given
from hypothesis import strategies as st

from fidelity.suppression import is_small, withheld

COUNTS = st.dictionaries(st.integers(0, 30), st.integers(0, 60), max_size=12)


def test_one_to_ten_are_small_and_none_is_not():
    assert [n for n in range(14) if is_small(n)] == list(range(1, 11))


def test_one_alone_takes_the_next_smallest_with_it():
    assert withheld({"a": 40, "b": 7, "c": 12}) == {"b", "c"}


def test_small_ones_that_stay_small_together_take_another_with_them():
    assert withheld({"a": 40, "b": 3, "c": 4, "d": 20}) == {"b", "c", "d"}


def test_two_that_are_not_small_together_are_enough():
    assert withheld({"a": 40, "b": 9, "c": 4}) == {"b", "c"}


def test_without_a_small_one_nothing_is_withheld():
    assert withheld({"a": 40, "b": 11, "c": 0}) == set()


@given(COUNTS)
def test_what_is_shown_gives_no_small_cell_away(parts):
    hidden = withheld(parts)

    assert not any(is_small(n) for part, n in parts.items() if part not in hidden)
    # All that a reader has of the hidden ones is their sum: the total less what is shown.
    total = sum(parts.values())
    left = total - sum(n for part, n in parts.items() if part not in hidden)
    assert not is_small(left) or hidden == {part for part, n in parts.items() if n}
    # The sum is of one part only where there is no other to hide with it.
    assert len(hidden) != 1 or sum(1 for n in parts.values() if n) == 1


@given(COUNTS)
def test_no_more_is_withheld_than_it_takes(parts):
    hidden = withheld(parts)
    extra = [part for part in hidden if not is_small(parts[part])]
    if extra:
        largest = max(extra, key=lambda part: parts[part])
        rest = hidden - {largest}
        assert len(rest) == 1 or is_small(sum(parts[part] for part in rest))
