"""Text on paper: every sign of it, in lines that fit."""

import io
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from portal.web.paper import new_paper
from portal.web.typesetting import Typesetter, wrapped

TEXTS = st.text(alphabet="ab \n", max_size=60)


class AllAlike(dict):
    """A font whose signs are all one wide."""

    def __missing__(self, word):
        return len(word)


@given(TEXTS, st.integers(1, 12))
def test_no_sign_is_lost_and_no_line_is_too_wide(text, room):
    lines = list(wrapped(text, AllAlike(), room))

    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert all(len(line.rstrip(" ")) <= room for line in lines)


def test_lines_are_as_full_as_they_can_be():
    lines = list(wrapped("one two three\n\n  four", AllAlike(), 9))

    assert lines == ["one two", "three", "", "  four"]


def test_a_word_without_an_end_goes_on_in_the_next_line():
    assert list(wrapped("so abcdefghij k", AllAlike(), 4)) == ["so", "abcd", "efgh", "ij k"]


def test_text_goes_on_over_pages_and_nothing_of_it_leaves_the_paper():
    paper = new_paper("A paper", "en", at=datetime(2026, 1, 1, tzinfo=UTC))
    numbers = [str(number) for number in range(3000)]

    Typesetter(paper).put(" ".join(numbers), 11)

    pages = PdfReader(io.BytesIO(bytes(paper.output()))).pages
    assert len(pages) > 1
    assert " ".join(page.extract_text() for page in pages).split() == numbers
    assert paper.y <= paper.h - paper.b_margin
