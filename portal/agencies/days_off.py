"""Who has a say when an agency's days off change.

Apps above register in a module that their app config imports at start-up:

    @on_days_off_changed
    def replan(agency, by): ...
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the agency, a model, imports this module
    from portal.agencies.models import Agency
    from portal.people.models import User

OnChange = Callable[["Agency", "User | None"], object]

listeners: list[OnChange] = []


def on_days_off_changed(act: OnChange) -> OnChange:
    """Register what is planned anew: `(agency, by)`."""
    if act not in listeners:
        listeners.append(act)
    return act


def days_off_changed(agency: "Agency", *, by: "User | None") -> None:
    """Tell everyone registered, in the caller's transaction."""
    for act in listeners:
        act(agency, by)
