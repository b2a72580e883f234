"""The short code with which members say that they are here. Pure.

It is computed from our secret key and the time, not kept: a projector's page may show it without
writing, every server knows it, and no row has to be cleared away. Each lasts five minutes, and the
one before it is taken too, so that nobody is too slow to type. 30^5 codes (24 million), two of
which are right, and ten tries in five minutes a person: a guess succeeds once in a million tries.
"""

from datetime import datetime

from django.utils.crypto import constant_time_compare, salted_hmac

LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # none that looks or sounds like another
LENGTH = 5
LASTS = 300  # seconds


def code_of(session: int, at: datetime, *, ago: int = 0) -> str:
    """The code of a session (its id) at an instant; `ago` windows earlier."""
    window = int(at.timestamp()) // LASTS - ago
    digest = salted_hmac("communities.attendance", f"{session}.{window}").digest()
    number = int.from_bytes(digest[:8], "big")
    letters = []
    for _place in range(LENGTH):
        number, rest = divmod(number, len(LETTERS))
        letters.append(LETTERS[rest])
    return "".join(letters)


def is_code(given: str, session: int, at: datetime) -> bool:
    """Whether it is the code now, or was it in the window before; spaces and case don't matter."""
    tidy = "".join(given.upper().split()).replace("-", "")
    # Both are compared, so that the time this takes tells nothing.
    matches = [constant_time_compare(tidy, code_of(session, at, ago=ago)) for ago in (0, 1)]
    return any(matches)
