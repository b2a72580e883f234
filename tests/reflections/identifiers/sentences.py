"""The sentences that the identifier check is scored on, written for it, with what it should find.

The split was fixed before any rule was written: a line whose CRC-32 is even is for tuning, the
rest is held back and scored once. Whoever changes a line moves it at their peril.
"""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

LINES = Path(__file__).with_name("sentences.txt")
MARKED = re.compile(r"\{(\w+):([^{}]+)\}")


class Passage(NamedTuple):
    """What a reader would take for an identifier: from, to (characters), and its class."""

    start: int
    end: int
    kind: str


class Sentence(NamedTuple):
    text: str
    passages: list[Passage]


def sentences(half: str) -> list[Sentence]:
    """Those of the half called "tuning" or "held back"."""
    wanted = {"tuning": 0, "held back": 1}[half]
    return [_read(line) for line in _lines() if zlib.crc32(line.encode()) % 2 == wanted]


def _lines() -> Iterator[str]:
    for line in LINES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def _read(line: str) -> Sentence:
    text, passages, read = "", [], 0
    for marked in MARKED.finditer(line):
        text += line[read : marked.start()]
        passages.append(Passage(len(text), len(text) + len(marked[2]), marked[1]))
        text, read = text + marked[2], marked.end()
    return Sentence(text + line[read:], passages)
