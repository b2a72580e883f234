"""A table as CSV, as a workbook, on paper; its codebook with it, or beside it."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fidelity.exports.table import Cell, Table, safe
from portal.web.paper import new_paper
from portal.web.typesetting import Typesetter

MOST_ON_PAPER = 2000  # rows: forty pages, which nobody reads to the end
BOM = "\ufeff"  # tells Excel that it is UTF-8


class _Line:
    """What csv writes a line into, to take it out again."""

    def write(self, text: str) -> str:
        return text


def as_csv(table: Table) -> Iterator[str]:
    """Line by line, whatever its length."""
    writer = csv.writer(_Line())
    yield BOM + writer.writerow(table.names)
    for row in table.rows:
        yield writer.writerow([safe(cell) for cell in row])


def codebook_as_csv(table: Table) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield BOM + writer.writerow(["column", "kind", "meaning"])
    for column in table.columns:
        yield writer.writerow([safe(column.name), safe(column.kind), safe(column.means)])


def as_workbook(table: Table) -> bytes:
    """Two sheets: the data, and the codebook. Text is written as text: no cell is a formula."""
    import xlsxwriter  # only who asks for one waits for it

    file = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        data = book.add_worksheet(_("Data")[:31])
        data.freeze_panes(1, 0)
        for place, name in enumerate(table.names):
            data.write_string(0, place, name, bold)
        for line, row in enumerate(table.rows, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    data.write_datetime(line, place, datetime(*cell.timetuple()[:3]), day)  # noqa: DTZ001
                elif isinstance(cell, str):
                    data.write_string(line, place, str(safe(cell)))
                elif cell is not None:
                    data.write_number(line, place, cell)
        codebook = book.add_worksheet(_("Codebook")[:31])
        for line, words in enumerate(
            [
                ("column", "kind", "meaning"),
                *((c.name, c.kind, c.means) for c in table.columns),
                *(("", "", note) for note in table.notes),
            ]
        ):
            for place, text in enumerate(words):
                codebook.write_string(line, place, text, bold if line == 0 else None)
    return file.getvalue()


def as_paper(table: Table, *, at: datetime) -> bytes:
    """For reading and keeping: what was asked, the rows, and what the columns mean."""
    paper = new_paper(table.title, get_language() or "en", at=at)
    setter = Typesetter(paper)
    setter.put(table.title, 18, bold=True, after=2)
    for note in table.notes:
        setter.put(note, 10)
    setter.put(" · ".join(table.names), 9, bold=True, after=2)
    for number, row in enumerate(table.rows):
        if number == MOST_ON_PAPER:
            setter.put(_("These are the first 2,000 rows. The other files have them all."), 10)
            break
        setter.put(" · ".join(_said(cell) for cell in row), 9, after=0.5)
    setter.put(_("What the columns mean"), 13, bold=True, after=1)
    for column in table.columns:
        setter.put(f"{column.name} ({column.kind}): {column.means}", 9)
    return bytes(paper.output())


def _said(cell: Cell) -> str:
    if cell is None or cell == "":
        return "–"
    return f"{cell:.4g}" if isinstance(cell, float) else str(cell)
