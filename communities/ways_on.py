"""What apps above add to the page of a commitment: ways on from what became of it.

    @way_on
    def follow_up(commitment):
        return [WayOn(_("Write two lines about it"), url, posts=True)]

They register in a module that their app config imports at start-up. The page is its person's alone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from communities.models import Commitment


@dataclass(frozen=True)
class WayOn:
    """A link, or a button that begins something (`posts`)."""

    label: str | Promise
    url: str
    icon: str = "arrow-right"
    posts: bool = False


FindWays = Callable[["Commitment"], Iterable[WayOn]]

ways: list[FindWays] = []


def way_on(find: FindWays) -> FindWays:
    """Register what finds ways on: `(commitment) -> WayOns`."""
    if find not in ways:
        ways.append(find)
    return find


def ways_on_from(commitment: "Commitment") -> list[WayOn]:
    """What the apps above have for this commitment."""
    return [way for find in ways for way in find(commitment)]
