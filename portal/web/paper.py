"""Papers (PDF): A4, one font for every name, nothing from the system."""

from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fpdf import FPDF

MARGIN = 20  # millimetres
FONT = "Fira"


@cache
def font_files() -> Path:
    """Where Fira Sans lies in its package: Latin with all diacritics, Greek, Cyrillic.

    Not Noto Sans: it comes as one variable font, and to take a weight out of it took 37 s.
    """
    found = find_spec("fontpkg_fira_sans")
    if found is None or found.origin is None:
        raise RuntimeError("the package fontpkg-fira-sans is not installed")
    return Path(found.origin).parent / "files"


def new_paper(title: str, language: str, *, at: datetime) -> FPDF:
    """An empty first page of what was made `at` an instant, with the font in two weights."""
    paper = FPDF(format="A4")
    paper.set_margin(MARGIN)
    paper.set_auto_page_break(True, margin=MARGIN)
    paper.add_font(FONT, "", font_files() / "FiraSans-Regular.ttf")
    paper.add_font(FONT, "B", font_files() / "FiraSans-Bold.ttf")
    paper.set_title(title)
    paper.set_author("Trellis")
    paper.set_lang(language)
    paper.set_creation_date(at)
    paper.add_page()
    return paper
