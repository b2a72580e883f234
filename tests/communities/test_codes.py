"""The short code: right for a few minutes, for one session."""

from datetime import UTC, datetime, timedelta

from communities.codes import LASTS, LETTERS, code_of, is_code

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_code_is_five_letters_that_are_hard_to_mistake():
    codes = {code_of(number, NOON) for number in range(200)}

    assert {len(code) for code in codes} == {5}
    assert set("".join(codes)) <= set(LETTERS)
    assert len(codes) > 195
    assert not set("01OILU") & set(LETTERS)


def test_it_is_taken_in_its_window_and_the_next_and_not_after():
    code = code_of(7, NOON)

    assert is_code(code, 7, NOON)
    assert is_code(f" {code[:2].lower()} {code[2:]}", 7, NOON)
    assert is_code(code, 7, NOON + timedelta(seconds=LASTS))
    assert not is_code(code, 7, NOON + timedelta(seconds=2 * LASTS))
    assert not is_code(code, 8, NOON)
    assert not is_code("", 7, NOON)
