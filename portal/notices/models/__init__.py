"""Telling people, once, at a decent hour."""

from portal.notices.models.category import Category, Channel
from portal.notices.models.delivery import Delivery, Reason, State
from portal.notices.models.digest import Digest, Issue
from portal.notices.models.exclusion import Exclusion
from portal.notices.models.heartbeat import Heartbeat
from portal.notices.models.leave import Leave
from portal.notices.models.notice import Notice, unread_of
from portal.notices.models.paused_address import PausedAddress
from portal.notices.models.preference import Preference, QuietHours
from portal.notices.models.push_subscription import PushSubscription
from portal.notices.models.soft_bounce import SoftBounces

__all__ = [
    "Category",
    "Channel",
    "Delivery",
    "Digest",
    "Exclusion",
    "Heartbeat",
    "Issue",
    "Leave",
    "Notice",
    "PausedAddress",
    "Preference",
    "PushSubscription",
    "QuietHours",
    "Reason",
    "SoftBounces",
    "State",
    "unread_of",
]
