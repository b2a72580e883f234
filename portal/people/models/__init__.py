"""Who signs in."""

from portal.people.models.feed_token import FeedToken
from portal.people.models.letter import Letter
from portal.people.models.user import User, UserManager, is_zone

__all__ = ["FeedToken", "Letter", "User", "UserManager", "is_zone"]
