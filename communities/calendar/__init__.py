"""Sessions in people's calendars: a feed, a download, an invitation by mail (RFC 5545, 5546, 7986).

A series is written once, as its rule; a session is written apart only where it differs from it.
"""

from communities.calendar.document import Document, feed, tag_of
from communities.calendar.entry import Entry, uid_of_series, uid_of_session
from communities.calendar.meeting import Meeting, meetings_of
from communities.calendar.pattern import Pattern, alone, nothing_left, pattern_of

__all__ = [
    "Document",
    "Entry",
    "Meeting",
    "Pattern",
    "alone",
    "feed",
    "meetings_of",
    "nothing_left",
    "pattern_of",
    "tag_of",
    "uid_of_series",
    "uid_of_session",
]
