"""Small cells: what an aggregate shows outside its team. Pure.

Counts of 1 to 10 are suppressed (CMS practice). The page that uses it shows no total from which a
suppressed cell could be derived.
"""

SMALL = range(1, 11)


def is_small(n: int) -> bool:
    """Whether a group of `n` is too small to be shown."""
    return n in SMALL
