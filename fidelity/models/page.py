"""The page on which a review is answered: what it knew of the draft when it sends."""

from dataclasses import dataclass
from uuid import UUID


class ChangedElsewhere(Exception):
    """The draft was saved from another page since this one read it: nothing was stored."""


@dataclass(frozen=True)
class Page:
    """`saves` is the save that the page was written on. A page with a script names itself by a
    `key` and says when it sends, in milliseconds by its own clock, so that it may go on when an
    answer to it was lost, and so that what it sent earlier and comes later is not taken."""

    saves: int
    key: UUID | None = None
    at: int = 0

    def may_write(self, saves: int, saved_page: UUID | None, saved_page_at: int | None) -> bool:
        """Whether the page knows what stands: it read this save, or made it."""
        if saves == self.saves:
            return True
        return self.key is not None and self.key == saved_page and self.at >= (saved_page_at or 0)
