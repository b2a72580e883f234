"""What changed between two texts."""

from hypothesis import given
from hypothesis import strategies as st

from communities.differences import differences


def test_old_words_come_before_new_ones():
    parts = differences("We are kind and on time.", "We are kind and early.\nAlways.")

    assert [(part.kind, part.text) for part in parts] == [
        ("same", "We are kind and "),
        ("gone", "on time."),
        ("new", "early.\nAlways."),
    ]


@given(st.text("ab \n"), st.text("ab \n"))
def test_nothing_is_lost(before, after):
    parts = differences(before, after)

    assert "".join(p.text for p in parts if p.kind != "new") == before
    assert "".join(p.text for p in parts if p.kind != "gone") == after
