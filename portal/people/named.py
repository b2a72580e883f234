"""A person as a list shows them."""

from typing import NamedTuple


class Named(NamedTuple):
    """Without all else that a user is: fifty of those take longer to make than to show."""

    pk: int
    name: str
    email: str
