"""Standing groups, their time, their exchange."""

from communities.models.agenda import AgendaCut, AgendaItem, Part, agenda_of, set_agenda
from communities.models.attendance import Attendance, AttendanceCorrection
from communities.models.commitment import Commitment, Outcome, Taking
from communities.models.community import Closure, Community, Span
from communities.models.membership import Membership
from communities.models.series import Ending, Series
from communities.models.session import Cancellation, Session

__all__ = [
    "AgendaCut",
    "AgendaItem",
    "Attendance",
    "AttendanceCorrection",
    "Cancellation",
    "Closure",
    "Commitment",
    "Community",
    "Ending",
    "Membership",
    "Outcome",
    "Part",
    "Series",
    "Session",
    "Span",
    "Taking",
    "agenda_of",
    "set_agenda",
]
