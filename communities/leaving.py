"""What goes when someone leaves a community.

Apps above register what leans on a membership, and withdraw it in the same transaction:

    @on_leaving
    def withdraw_shares(membership, by, at): ...

They register in a module that their app config imports at start-up.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from portal.people.models import User

if TYPE_CHECKING:
    from communities.models.membership import Membership

OnLeaving = Callable[["Membership", User | None, datetime], object]

leavings: list[OnLeaving] = []


def on_leaving(act: OnLeaving) -> OnLeaving:
    """Register what is withdrawn when a membership ends: `(membership, by, at)`."""
    if act not in leavings:
        leavings.append(act)
    return act


def leave_no_trace(membership: "Membership", *, by: User | None, at: datetime) -> None:
    """Ask everyone registered to withdraw what leaned on the membership."""
    for act in leavings:
        act(membership, by, at)
