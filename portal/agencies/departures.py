"""Who has a say when someone leaves an agency.

`agency.departs(person, by=..., hand_over_to=...)` calls what each app registers here, in one
transaction. An app registers in its own `departures.py`, imported when the app is ready:

    @on_departure
    def end_memberships(person, agency, by, at) -> list[str]:
        ...                       # end what the person holds in this agency
        return [_("Member of %s") % community for community in ended]

    @on_hand_over
    def hand_over_series(leaver, successor, agency, by, at) -> list[str]:
        ...                       # the successor takes over; hand-overs run before departures
        return [_("Host of %s") % series for series in handed_over]

Each returns what it did, a line a thing, in words that an admin reads: the page that asks before
a departure runs the very same functions and rolls back. So they change nothing but the database:
mail and broker wait for the commit, as everywhere. Someone may keep a position in another agency:
end only what hangs on this one. Twice is as once.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the departure itself, a model, imports this module
    from portal.agencies.models import Agency
    from portal.people.models import User

OnDeparture = Callable[["User", "Agency", "User | None", datetime], Iterable[object] | None]
OnHandOver = Callable[["User", "User", "Agency", "User | None", datetime], Iterable[object] | None]

departures: list[OnDeparture] = []
hand_overs: list[OnHandOver] = []


def on_departure(act: OnDeparture) -> OnDeparture:
    """Register what ends when someone leaves an agency: `(person, agency, by, at) -> lines`."""
    if act not in departures:
        departures.append(act)
    return act


def on_hand_over(act: OnHandOver) -> OnHandOver:
    """Register what a successor takes over: `(leaver, successor, agency, by, at) -> lines`."""
    if act not in hand_overs:
        hand_overs.append(act)
    return act


def end_all(person: "User", agency: "Agency", by: "User | None", at: datetime) -> list[str]:
    """Ask every registered app to end what the person holds in the agency; what they ended."""
    return [str(line) for act in departures for line in act(person, agency, by, at) or ()]


def hand_over_all(
    leaver: "User", successor: "User", agency: "Agency", by: "User | None", at: datetime
) -> list[str]:
    """Ask every registered app to hand over to the successor; what they handed over."""
    return [
        str(line) for act in hand_overs for line in act(leaver, successor, agency, by, at) or ()
    ]
