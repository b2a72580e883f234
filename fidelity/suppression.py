"""Small cells: what an aggregate shows outside its team. Pure.

Counts of 1 to 10 are suppressed (CMS practice), and with them what lets them be derived: where the
parts of a shown total are shown too, one that is hidden alone is the total less the others, and
several that come to 10 or fewer are a small cell together.
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

SMALL = range(1, 11)
Part = TypeVar("Part", bound=Hashable)


def is_small(n: int) -> bool:
    """Whether a group of `n` is too small to be shown."""
    return n in SMALL


def withheld(parts: Mapping[Part, int]) -> set[Part]:
    """Which parts of a total that is shown are not: the small ones, and the smallest others that it
    takes until what is hidden has two parts or more and is not small itself. Equal parts are taken
    in the order in which they stand."""
    hidden = {part for part, n in parts.items() if is_small(n)}
    others = sorted(
        (part for part, n in parts.items() if n and part not in hidden), key=lambda p: parts[p]
    )
    for part in others:
        if not hidden or (len(hidden) > 1 and not is_small(sum(parts[p] for p in hidden))):
            break
        hidden.add(part)
    return hidden
