"""Three texts into one: no word that anybody put in is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.merging import Marks, merge

MARKS = Marks("<1", "2", "3>")
BASE = st.lists(st.sampled_from(["a", "b", "c", "d", "."]), max_size=12)
# What happens at each word: it goes, it stays, or a new word comes before it.
ACTS = st.lists(st.sampled_from(["gone", "stays", "stays", "new"]), min_size=13, max_size=13)
SPACE = st.sampled_from([" ", "\n", "  ", "\n\n"])


def edited(base: list[str], acts: list[str], space: str, whose: str) -> tuple[str, set[str]]:
    """The text after somebody's edits, and the words that are theirs alone."""
    words: list[str] = []
    for number, (word, act) in enumerate(zip([*base, ""], acts, strict=False)):
        if act == "new":
            words.append(f"{whose}{number}")
        if word and act != "gone":
            words.append(word)
    return space.join(words), {word for word in words if word.startswith(whose)}


@given(BASE, ACTS, ACTS, SPACE, SPACE)
def test_no_word_that_anybody_put_in_is_lost(base, their_acts, my_acts, space, my_space):
    theirs, their_words = edited(base, their_acts, space, "theirs")
    mine, my_words = edited(base, my_acts, my_space, "mine")

    merged = merge(" ".join(base), theirs, mine).split()

    assert (their_words | my_words) - set(merged) == set()


@given(st.text(), st.text(), st.text())
def test_whatever_is_typed_merges_and_keeps_every_word_of_either_that_is_new(was, theirs, mine):
    merged = merge(was, theirs, mine).split()

    assert (set(theirs.split()) | set(mine.split())) - set(was.split()) - set(merged) == set()


@given(st.text(), st.text())
def test_where_only_one_wrote_theirs_is_the_text(was, now):
    assert merge(was, now, was) == now
    assert merge(was, was, now) == now
    assert merge(was, now, now) == now


@pytest.mark.parametrize(
    ("was", "theirs", "mine", "merged"),
    [
        ("We tal", "We tal\nNext: ask", "We talked", "We talked\nNext: ask"),
        ("We talk", "We talk\nHello", "We talk long", "We talk long\nHello"),
        ("", "Bring", "Bring water", "Bring water"),
        ("", "Lunch is on Friday", "Bring water", "Lunch is on Friday\nBring water"),
        ("one two three", "one three", "one two three four", "one three four"),
        ("one two three", "one three", "one two-ish three", "one two-ish three"),
        ("at noon today", "at one today", "at two today", "at <1 one 2 two 3> today"),
    ],
)
def test_what_people_do(was, theirs, mine, merged):
    assert merge(was, theirs, mine, MARKS) == merged
