"""Papers (PDF): A4, one font for every name, nothing from the system.

fpdf2 and fontTools are read when a paper is made: they bring numpy with them, where that is
installed, and half a dozen processes never make one.
"""

from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fpdf import FPDF

MARGIN = 20  # millimetres
FONT = "Fira"
WEIGHTS = {"": "FiraSans-Regular.ttf", "B": "FiraSans-Bold.ttf"}
# How letters are joined and set against each other: FPDF draws each by itself.
UNUSED = ("GSUB", "GPOS", "GDEF", "BASE", "DSIG", "kern")


@cache
def fonts() -> tuple[TemporaryDirectory[str], dict[str, Path]]:
    """Each weight without what no paper of ours uses, in a folder that goes with the process.

    FPDF cuts the letters of a paper out of a font, and read those tables twice to do so: half of
    the time that a paper took. They are left out once.
    """
    from fontTools.ttLib import TTFont

    folder = TemporaryDirectory(prefix="trellis-fonts-")
    lean = {weight: Path(folder.name) / name for weight, name in WEIGHTS.items()}
    for weight, name in WEIGHTS.items():
        font = TTFont(font_files() / name, recalcTimestamp=False)
        for table in UNUSED:
            if table in font:
                del font[table]
        font.save(lean[weight])
        font.close()
    return folder, lean


@cache
def font_files() -> Path:
    """Where Fira Sans lies in its package: Latin with all diacritics, Greek, Cyrillic.

    Not Noto Sans: it comes as one variable font, and to take a weight out of it took 37 s.
    """
    found = find_spec("fontpkg_fira_sans")
    if found is None or found.origin is None:
        raise RuntimeError("the package fontpkg-fira-sans is not installed")
    return Path(found.origin).parent / "files"


def new_paper(title: str, language: str, *, at: datetime) -> "FPDF":
    """An empty first page of what was made `at` an instant, with the font in two weights."""
    from fpdf import FPDF

    paper = FPDF(format="A4")
    paper.set_margin(MARGIN)
    paper.set_auto_page_break(True, margin=MARGIN)
    for weight, file in fonts()[1].items():
        paper.add_font(FONT, weight, file)
    paper.set_title(title)
    paper.set_author("Trellis")
    paper.set_lang(language)
    paper.set_creation_date(at)
    paper.add_page()
    return paper
