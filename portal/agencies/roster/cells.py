"""One cell of a roster: spreadsheets run what looks like a formula, so it is never written bare.

`bare(escaped(text)) == text` for every text, and `escaped` leaves nothing that a spreadsheet runs.
"""

import re

FORMULA = re.compile(r"[=+\-@]")
ESCAPED = re.compile(r"'+[=+\-@]")
ESCAPABLE = re.compile(r"'*[=+\-@]")


def looks_like_a_formula(cell: str) -> bool:
    return bool(FORMULA.match(cell))


def escaped(text: str) -> str:
    """The text as a cell: an apostrophe before what a spreadsheet would run."""
    return f"'{text}" if ESCAPABLE.match(text) else text


def bare(cell: str) -> str:
    """The text of a cell that `escaped` wrote, or a person did."""
    return cell[1:] if ESCAPED.match(cell) else cell


def tidied(text: str) -> str:
    """One line, single spaces, none at the ends."""
    return " ".join(text.split())
