"""Standing groups, their time, their exchange."""

from communities.models.agenda import AgendaCut, AgendaItem, Part, agenda_of, cut_of, set_agenda
from communities.models.agreement import Acceptance, Agreement
from communities.models.attendance import Attendance, AttendanceCorrection
from communities.models.audience import Audience
from communities.models.calendar import CommunityFeed, SeriesCalendar
from communities.models.calendar_change import CalendarChange
from communities.models.calendar_invitation import CalendarInvitation, CalendarMail, CalendarWish
from communities.models.case_round import CaseRound, CaseStep, Step
from communities.models.celebration import Celebration, CelebrationAnswer
from communities.models.certificate import Certificate
from communities.models.closure import Closure
from communities.models.commitment import Commitment, Outcome, Taking
from communities.models.community import Community
from communities.models.follow_up import FollowUp, follow_up
from communities.models.following import continue_from, days_before, rest_of, stop_before
from communities.models.host_turn import HostTurn, hand_over_turn, leave_the_turns, take_turns
from communities.models.joining import Joining
from communities.models.membership import Membership
from communities.models.notes import NotesVersion, notes_of, save_notes
from communities.models.override import Override, put_back, set_by_hand
from communities.models.post import Post, PostRemoval
from communities.models.proposal import SpanProposal
from communities.models.reply import Reply, ReplyRemoval
from communities.models.resource import Resource, ResourceRemoval
from communities.models.routine import Routine, RoutineClock
from communities.models.rsvp import Rsvp
from communities.models.series import Ending, Series
from communities.models.session import Cancellation, Session
from communities.models.span import Span
from communities.models.suggestion import Suggestion
from communities.models.turn import Turn, clock_of, extend, move_to

__all__ = [
    "Acceptance",
    "AgendaCut",
    "AgendaItem",
    "Agreement",
    "Attendance",
    "AttendanceCorrection",
    "Audience",
    "CalendarChange",
    "CalendarInvitation",
    "CalendarMail",
    "CalendarWish",
    "Cancellation",
    "CaseRound",
    "CaseStep",
    "Celebration",
    "CelebrationAnswer",
    "Certificate",
    "Closure",
    "Commitment",
    "Community",
    "CommunityFeed",
    "Ending",
    "FollowUp",
    "HostTurn",
    "Joining",
    "Membership",
    "NotesVersion",
    "Outcome",
    "Override",
    "Part",
    "Post",
    "PostRemoval",
    "Reply",
    "ReplyRemoval",
    "Resource",
    "ResourceRemoval",
    "Routine",
    "RoutineClock",
    "Rsvp",
    "Series",
    "SeriesCalendar",
    "Session",
    "Span",
    "SpanProposal",
    "Step",
    "Suggestion",
    "Taking",
    "Turn",
    "agenda_of",
    "clock_of",
    "continue_from",
    "cut_of",
    "days_before",
    "extend",
    "follow_up",
    "hand_over_turn",
    "leave_the_turns",
    "move_to",
    "notes_of",
    "put_back",
    "rest_of",
    "save_notes",
    "set_agenda",
    "set_by_hand",
    "stop_before",
    "take_turns",
]
