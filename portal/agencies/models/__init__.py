"""Who employs whom, as what."""

from portal.agencies.models.agency import Agency
from portal.agencies.models.dated import Dated, DatedQuerySet, holds_at
from portal.agencies.models.departure import Departure
from portal.agencies.models.invitation import Acceptance, Invitation
from portal.agencies.models.position import Position, Role
from portal.agencies.models.roster import Roster
from portal.agencies.models.showing import Showing
from portal.agencies.models.supervision import Supervision

__all__ = [
    "Acceptance",
    "Agency",
    "Dated",
    "DatedQuerySet",
    "Departure",
    "Invitation",
    "Position",
    "Role",
    "Roster",
    "Showing",
    "Supervision",
    "holds_at",
]
