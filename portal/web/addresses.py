"""Addresses of many rows of one kind."""

from django.urls import reverse

NUMBER = 2_047_130_001  # no row's id


def numbered(name: str, *before: int) -> str:
    """The address of one of many rows with `%d` where its id goes, the last number in it.

    A list of fifty rows looks it up once: looking up costs as much as the rest of a line.
    """
    return reverse(name, args=[*before, NUMBER]).replace(str(NUMBER), "%d")
