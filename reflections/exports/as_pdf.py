"""The journal on paper: A4, with nothing from the system.

A PDF can't be written piece by piece (its table of contents comes last), so this holds the pages of
one journal in memory, about as much as its text, and sends them in pieces at the end.
"""

import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from portal.web.paper import FONT, new_paper
from reflections.exports.journal import Journal
from reflections.exports.words import about, head_of, passages_of, title_of

MISSING = "□"  # for a sign that the font lacks
PIECE = 64 * 1024  # bytes


def written(journal: Journal) -> Iterator[bytes]:
    """The paper, in pieces."""
    paper = new_paper(_("Your journal"), journal.person.language, at=journal.at)
    _line(paper, _("Your journal"), 24, bold=True, after=4)
    for sentence in head_of(journal):
        _line(paper, sentence, 10)
    missing = _("This paper's font lacks emoji: each is a %(sign)s. Markdown and JSON have them.")
    _line(paper, missing % {"sign": MISSING}, 10, after=6)
    for entry in journal.entries():
        _line(paper, title_of(entry), 16, bold=True)
        _line(paper, about(entry), 9, after=2)
        for passage in passages_of(entry):
            _line(paper, passage.heading, 11, bold=True, after=0)
            if passage.text:
                _line(paper, passage.text, 11, after=2)
            for note in passage.notes:
                _line(paper, f"– {note}", 9, after=0)
        paper.ln(8)
    done = paper.output()
    for start in range(0, len(done), PIECE):
        yield bytes(done[start : start + PIECE])


def _line(paper: FPDF, words: str, size: int, *, bold: bool = False, after: float = 1) -> None:
    paper.set_font(FONT, style="B" if bold else "", size=size)
    known = paper.current_font.cmap  # type: ignore[union-attr]  # ours is a TrueType font
    shown = "".join(_shown(sign, known) for sign in unicodedata.normalize("NFC", words))
    paper.multi_cell(0, size * 0.5, shown, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.ln(after)


def _shown(sign: str, known: object) -> str:
    """The sign, a box for one that the font lacks, nothing for one that is not to be seen."""
    if sign in "\n\t":
        return sign if sign == "\n" else "    "
    if ord(sign) in known:  # type: ignore[operator]
        return sign
    return "" if unicodedata.category(sign) in {"Cc", "Cf", "Mn"} else MISSING
