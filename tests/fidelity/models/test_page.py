"""Which page may write over what stands, for any order in which saves arrive."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from fidelity.models import Page

PAGES = [UUID(int=1), UUID(int=2), None]
SENT = st.tuples(st.integers(0, 6), st.sampled_from(PAGES), st.integers(0, 6))


@given(st.lists(SENT, max_size=12))
def test_nothing_is_written_over_that_its_writer_had_not_seen(arriving):
    """A save is taken by a page that read the last one, or made it and is no older."""
    saves, last = 0, (None, 0)
    for on, key, at in arriving:
        page = Page(min(on, saves), key, at)  # nobody has read a save that is not made yet
        taken = page.may_write(saves, *last)
        read_it = page.saves == saves
        made_it = key is not None and key == last[0] and at >= last[1]
        assert taken == (read_it or made_it)
        if taken:
            saves, last = saves + 1, (key, at)
            # Sent again, because its answer was lost, it is taken where the page has a name.
            assert page.may_write(saves, *last) == (key is not None)
            # Another page that had read what stood before is not.
            other = next(each for each in PAGES if each != key)
            assert not Page(saves - 1, other, 99).may_write(saves, *last)


def test_a_page_that_read_the_last_save_may_write():
    assert Page(3).may_write(3, UUID(int=1), 5)
    assert not Page(2).may_write(3, None, None)
