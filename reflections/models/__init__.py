"""The journal."""

from reflections.models.follow_up import FollowUp
from reflections.models.hold import Hold
from reflections.models.opening import Opening
from reflections.models.prompt import Prompt, PromptSet
from reflections.models.question import Question
from reflections.models.reflection import Conflict, Reflection
from reflections.models.removal import Removal
from reflections.models.response import Response
from reflections.models.retention import Ending, Retention
from reflections.models.self_rating import SelfRating
from reflections.models.share import Share
from reflections.models.thread_share import ThreadShare
from reflections.models.version import Version
from reflections.models.wording import Wording

__all__ = [
    "Conflict",
    "Ending",
    "FollowUp",
    "Hold",
    "Opening",
    "Prompt",
    "PromptSet",
    "Question",
    "Reflection",
    "Removal",
    "Response",
    "Retention",
    "SelfRating",
    "Share",
    "ThreadShare",
    "Version",
    "Wording",
]
