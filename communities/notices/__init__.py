"""What members are told: a module a subject, each kind registered when imported."""

from communities.notices.agreements import AgreementAsked
from communities.notices.calendars import CalendarMailed
from communities.notices.celebrations import CelebrationAnswered, CelebrationOffered
from communities.notices.changes import SessionMoved, SessionReinstated
from communities.notices.exchange import (
    PostTakenDown,
    ReplyPosted,
    ReplyTakenDown,
    ResourceTakenDown,
)
from communities.notices.hosting import HostLeft
from communities.notices.joinings import (
    JoiningAccepted,
    JoiningAsked,
    JoiningDeclined,
    JoiningInvited,
)
from communities.notices.meetings import RecordMissing, SessionSummary
from communities.notices.memberships import MembershipWelcome
from communities.notices.routines import AboutRoutine, CommitmentsDue, SupervisionWeek
from communities.notices.series import SeriesChanged, SeriesEnded, SeriesResumed
from communities.notices.sessions import (
    AboutSession,
    SessionCancelled,
    SessionReminder,
    WhatWillYouTry,
)
from communities.notices.spans import SpanAccepted, SpanDeclined, SpanProposed

__all__ = [
    "AboutRoutine",
    "AboutSession",
    "AgreementAsked",
    "CalendarMailed",
    "CelebrationAnswered",
    "CelebrationOffered",
    "CommitmentsDue",
    "HostLeft",
    "JoiningAccepted",
    "JoiningAsked",
    "JoiningDeclined",
    "JoiningInvited",
    "MembershipWelcome",
    "PostTakenDown",
    "RecordMissing",
    "ReplyPosted",
    "ReplyTakenDown",
    "ResourceTakenDown",
    "SeriesChanged",
    "SeriesEnded",
    "SeriesResumed",
    "SessionCancelled",
    "SessionMoved",
    "SessionReinstated",
    "SessionReminder",
    "SessionSummary",
    "SpanAccepted",
    "SpanDeclined",
    "SpanProposed",
    "SupervisionWeek",
    "WhatWillYouTry",
]
