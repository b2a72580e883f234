"""The journal on paper: A4, with nothing from the system.

fpdf2 can't send before the last page is there, so this holds the pages of one journal in memory,
about as much as its text, and sends them in pieces at the end. So it has a limit (`MOST`).
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.web.paper import new_paper
from portal.web.typesetting import MISSING, Typesetter
from reflections.exports.journal import Journal
from reflections.exports.words import about, head_of, passages_of, title_of

MOST = 4_000_000  # characters in one file: 3 s of a processor, about 2,000 pages
PIECE = 64 * 1024  # bytes


def fits(journal: Journal) -> bool:
    """Whether a web process may stop to make it. By years, or as Markdown or JSON, everything
    can be had."""
    return journal.characters() <= MOST


def written(journal: Journal) -> Iterator[bytes]:
    """The paper, in pieces."""
    paper = new_paper(_("Your journal"), journal.person.language, at=journal.at)
    setter = Typesetter(paper)
    setter.put(_("Your journal"), 24, bold=True, after=4)
    for sentence in head_of(journal):
        setter.put(sentence, 10)
    missing = _(
        "This paper's font has Latin, Greek and Cyrillic letters. Emoji and letters of other"
        " scripts, Hebrew or Arabic say, are each a %(sign)s here; Markdown and JSON have them."
    )
    setter.put(missing % {"sign": MISSING}, 10, after=6)
    for entry in journal.entries():
        setter.put(title_of(entry), 16, bold=True)
        setter.put(about(entry), 9, after=2)
        for passage in passages_of(entry):
            setter.put(passage.heading, 11, bold=True, after=0)
            if passage.text:
                setter.put(passage.text, 11, after=2)
            for note in passage.notes:
                setter.put(f"– {note}", 9, after=0)
        paper.y += 8
    done = paper.output()
    for start in range(0, len(done), PIECE):
        yield bytes(done[start : start + PIECE])
