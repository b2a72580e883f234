"""Text under other prompts: no word is lost, whatever the number of boxes."""

from hypothesis import given
from hypothesis import strategies as st

from reflections.models.fitted import fitted

WORDS = st.text(alphabet="abc", min_size=1, max_size=5)


def test_what_fits_stays_as_it_is():
    assert fitted({"1": "a", "2": ""}, [1, 2]) == {"1": "a", "2": ""}


def test_boxes_are_filled_one_by_one():
    assert fitted({"1": "a", "2": "b"}, [7, 8, 9]) == {"7": "a", "8": "b", "9": ""}


def test_what_has_no_box_goes_into_the_last():
    assert fitted({"1": "a", "2": "b", "3": "c"}, [9]) == {"9": "a\n\nb\n\nc"}


def test_what_is_there_comes_first():
    assert fitted({"9": "mine", "1": "a"}, [9]) == {"9": "mine\n\na"}


def test_a_set_without_prompts_loses_nothing():
    assert fitted({"1": "a"}, []) == {"1": "a"}


@given(
    st.dictionaries(st.sampled_from([str(n) for n in range(1, 9)]), WORDS),
    st.lists(st.integers(1, 12), unique=True, min_size=1, max_size=8),
)
def test_every_text_is_there_once_and_twice_is_as_once(answers, prompts):
    there = fitted(answers, prompts)

    found = [text for box in there.values() for text in box.split("\n\n") if text]
    assert sorted(found) == sorted(answers.values())
    assert fitted(there, prompts) == there
