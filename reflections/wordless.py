"""A database error quotes the row that failed, journal text and all. This takes the words out
before the error can reach a log or a report."""

from collections.abc import Callable
from typing import TypeVar

from django.db import DatabaseError

T = TypeVar("T")


def wordlessly(write: Callable[[], T]) -> T:
    """Call `write`; raise a database error as its class with its code and constraint only.

    The new error has no cause and no context: both hold the old one's text. That is also why this
    is no context manager: what leaves a `with` block is chained to what came into it.
    """
    try:
        return write()
    except DatabaseError as error:
        cause = error.__cause__
        constraint = getattr(getattr(cause, "diag", None), "constraint_name", None)
        cleaned = type(error)(f"{getattr(cause, 'pgcode', None)} {constraint or ''}".strip())
    raise cleaned
