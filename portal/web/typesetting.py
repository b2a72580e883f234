"""Running text on paper, broken into lines here.

fpdf2's `multi_cell` measures a line anew for each character that it adds to it: a page of text took
45 ms, and takes 2 ms so. It does more (justifying, markup), which no running text of ours asks.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from portal.web.paper import FONT

if TYPE_CHECKING:
    from fpdf import FPDF

MISSING = "▯"  # for a sign that the font lacks; this one it has
UNSEEN = {"Cc", "Cf", "Mn"}  # signs that are not to be seen by themselves: no box for those


class _Widths(dict[str, float]):
    """How wide words are, in thousandths of the font's size; each is measured once."""

    def __init__(self, widths: Mapping[int, float]) -> None:
        self.widths = widths

    def __missing__(self, word: str) -> float:
        self[word] = wide = sum(self.widths[ord(sign)] for sign in word)
        return wide


class _Shown(dict[int, str]):
    """What stands for each sign: itself, a box where the font lacks it, or nothing."""

    def __init__(self, known: Mapping[int, Any]) -> None:
        super().__init__({ord("\n"): "\n", ord("\t"): "    "})
        self.known = known

    def __missing__(self, code: int) -> str:
        unseen = unicodedata.category(chr(code)) in UNSEEN
        self[code] = shown = chr(code) if code in self.known else "" if unseen else MISSING
        return shown


class Typesetter:
    """Puts text on a paper below what is there, on new pages as they are needed."""

    def __init__(self, paper: "FPDF") -> None:
        self.paper = paper
        self._fonts: dict[str, tuple[_Shown, _Widths]] = {}

    def put(self, text: str, size: int, *, bold: bool = False, after: float = 1) -> None:
        """Text in a size (points), and so much room (millimetres) `after` it."""
        paper = self.paper
        paper.set_font(FONT, style="B" if bold else "", size=size)
        shown, widths = self._font("B" if bold else "")
        height, room = size * 0.5, paper.epw * paper.k * 1000 / size
        text = unicodedata.normalize("NFC", text).translate(shown)
        for line in wrapped(text, widths, room):
            if paper.y + height > paper.page_break_trigger:
                paper.add_page()
            if line:
                paper.text(paper.l_margin, paper.y + 0.5 * height + 0.3 * paper.font_size, line)
            paper.y += height
        paper.y += after

    def _font(self, style: str) -> tuple[_Shown, _Widths]:
        if style not in self._fonts:
            font: Any = self.paper.current_font  # ours is a TrueType font
            self._fonts[style] = _Shown(font.cmap), _Widths(font.cw)
        return self._fonts[style]


def wrapped(text: str, widths: Mapping[str, float], room: float) -> Iterator[str]:
    """The text in lines no wider than `room`, broken at spaces, and inside a word that is wider.
    Pure; no sign but the space that a line breaks at is lost."""
    space = widths[" "]
    for paragraph in text.split("\n"):
        line: list[str] = []
        used = -space
        for word in paragraph.split(" "):
            wide = widths[word]
            if line and used + space + wide > room:
                yield " ".join(line)
                line, used = [], -space
            if wide > room:
                *full, word = _pieces(word, widths, room)
                yield from full
                wide = widths[word]
            line.append(word)
            used += space + wide
        yield " ".join(line)


def _pieces(word: str, widths: Mapping[str, float], room: float) -> list[str]:
    """A word that is wider than the room, in pieces that are not."""
    pieces, start, used = [], 0, 0.0
    for place, sign in enumerate(word):
        wide = widths[sign]
        if used + wide > room and place > start:
            pieces.append(word[start:place])
            start, used = place, 0.0
        used += wide
    return [*pieces, word[start:]]
