"""What stands around every mail's words: put together once a language, filled for each reader."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.template import Context, Template
from django.template.loader import get_template
from django.utils import translation
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

# Around a slot's name: signs that stand for nothing (Unicode's private use).
SLOT = re.compile("\ue000(\\w+)\ue001")


def filled(name: str, words: Mapping[str, Any], *, escape: bool = True) -> str:
    """The template with these words, as rendering it would write them, in the language in use.

    The template may ask whether a word is empty, and say it; nothing else.
    """
    found: Any = get_template(name)
    given = frozenset(slot for slot, word in words.items() if word)
    pieces = _pieces(found.template, translation.get_language(), given, frozenset(words), escape)
    # Every second one is the name of a slot.
    said = [
        (_said(words[piece], escape=escape) if number % 2 else piece)
        for number, piece in enumerate(pieces)
    ]
    return "".join(said)


def _said(word: Any, *, escape: bool) -> str:
    return conditional_escape(word) if escape else str(word)


@lru_cache(maxsize=200)
def _pieces(
    template: Template, _language: str, given: frozenset[str], slots: frozenset[str], escape: bool
) -> list[str]:
    """What the template says between the slots, and their names."""
    marks = {slot: mark_safe(f"\ue000{slot}\ue001" if slot in given else "") for slot in slots}  # noqa: S308  # ours
    return SLOT.split(template.render(Context(marks, autoescape=escape)))
