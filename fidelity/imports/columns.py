"""A first guess at what the columns of a file are, from their names and first values. Pure."""

import re
from collections.abc import Mapping, Sequence

PERSON = re.compile(r"e-?mail|address|facilitator|worker|coordinator|person|staff", re.IGNORECASE)
DAY = re.compile(r"\bdate\b|\bday\b|\bdatum|fecha|_date|date_", re.IGNORECASE)
KEY = re.compile(r"\bid\b|_id$|^id_|record|form|number", re.IGNORECASE)
NUMBER = re.compile(r"\s*\d{1,3}([.,]\d+)?\s*%?\s*")


def guessed(names: Sequence[str], sample: Sequence[Sequence[str]]) -> dict[str, str]:
    """By column: "person", "day", "key", "score" or nothing. Each of the first three once."""
    found: dict[str, str] = {}
    for place, name in enumerate(names):
        values = [row[place].strip() for row in sample if place < len(row) and row[place].strip()]
        found[name] = _one(name, values, set(found.values()))
    return found


def _one(name: str, values: Sequence[str], taken: set[str]) -> str:
    if "person" not in taken and (any("@" in value for value in values) or PERSON.search(name)):
        return "person"
    if "day" not in taken and DAY.search(name):
        return "day"
    if "key" not in taken and KEY.search(name):
        return "key"
    return "score" if values and all(NUMBER.fullmatch(value) for value in values) else ""


def format_of(values: Sequence[str], formats: Mapping[str, object]) -> str:
    """The first of the formats that a day's first value looks like."""
    first = next((value.strip() for value in values if value.strip()), "")
    if "/" not in first:
        return next(iter(formats))
    day_first = first.split("/")[0].isdigit() and int(first.split("/")[0]) > 12
    return "%d/%m/%Y" if day_first else "%m/%d/%Y"
