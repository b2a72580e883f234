"""What changed between two texts, word by word. Pure: no models."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Part:
    """A stretch of text. `kind`: "same", "gone" or "new"."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Part]:
    """The parts in reading order: where words were replaced, the old ones come first.

    Joined without the new ones they are `before`, without the gone ones `after`.
    """
    old, new = WORDS.findall(before), WORDS.findall(after)
    parts: list[Part] = []
    for change, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change == "equal":
            parts.append(Part("same", "".join(old[i:j])))
            continue
        if i < j:
            parts.append(Part("gone", "".join(old[i:j])))
        if k < m:
            parts.append(Part("new", "".join(new[k:m])))
    return parts
