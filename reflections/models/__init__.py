"""The journal."""

from reflections.models.opening import Opening
from reflections.models.prompt import Prompt, PromptSet
from reflections.models.reflection import Conflict, Reflection
from reflections.models.response import Response
from reflections.models.share import Share

__all__ = ["Conflict", "Opening", "Prompt", "PromptSet", "Reflection", "Response", "Share"]
