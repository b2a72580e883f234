"""What members are told: a module a subject, each kind registered when imported."""

from communities.notices.changes import SessionMoved, SessionReinstated
from communities.notices.calendars import CalendarMailed
from communities.notices.meetings import RecordMissing, SessionSummary
from communities.notices.memberships import MembershipWelcome
from communities.notices.series import SeriesChanged, SeriesEnded
from communities.notices.sessions import AboutSession, SessionCancelled, SessionReminder

__all__ = [
    "AboutSession",
    "CalendarMailed",
    "MembershipWelcome",
    "RecordMissing",
    "SeriesChanged",
    "SeriesEnded",
    "SessionCancelled",
    "SessionMoved",
    "SessionReinstated",
    "SessionReminder",
    "SessionSummary",
]
