"""Percent scores out of a licensed tool's file: from its lines to rows, one at a time. Pure.

Nothing is kept of a file as it is read, so that a hundred thousand rows take no room.
"""

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FORMATS = {
    "%Y-%m-%d": gettext_lazy("year-month-day, as 2026-11-30"),
    "%m/%d/%Y": gettext_lazy("month/day/year, as 11/30/2026"),
    "%d/%m/%Y": gettext_lazy("day/month/year, as 30/11/2026"),
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST_KEY = 200
MOST_COLUMNS = 200


@dataclass(frozen=True)
class Columns:
    """Which column says what; `scores` are items' keys by the column's name. Without a `key` a row
    is known by its person and day."""

    person: str
    day: str
    day_format: str
    source: str
    scores: dict[str, str]
    key: str = ""
    version: int | None = None  # else an instrument of that name is made
    name: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Columns":
        return cls(**kept)


@dataclass(frozen=True)
class Problem:
    """What is wrong and what to do, and where."""

    line: int
    column: str
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """One person's scores of one day, by the items' keys; None where a cell is empty."""

    line: int
    key: str
    person: int
    day: date
    scores: tuple[float | None, ...]

    @property
    def digest(self) -> str:
        said = f"{self.person}|{self.day}|{self.scores}"
        return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


@dataclass
class Header:
    """The first line, and the lines after it, of a file that is CSV at all."""

    names: list[str]
    lines: Iterator[list[str]]
    problems: list[Problem] = field(default_factory=list)


def header_of(text: Iterable[str]) -> Header:
    """The columns' names. Commas, semicolons or tabs: whichever the first line has most of."""
    lines = iter(text)
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(chain([first], lines), delimiter=delimiter, strict=True)
    names = [name.strip() for name in next(reader, [])]
    header = Header(names, reader)
    if not any(names):
        words = _("The file is empty. Choose one that has a header and a row for each score.")
        header.problems.append(Problem(1, "", words))
    elif len(names) > MOST_COLUMNS:
        words = _("The first line names more than %(most)d columns. Leave some out.")
        header.problems.append(Problem(1, "", words % {"most": MOST_COLUMNS}))
    for name in sorted({name for name in names if name and names.count(name) > 1}):
        words = _("The first line names this column twice. Rename one of the two.")
        header.problems.append(Problem(1, name, words))
    return header


def rows_of(
    header: Header, columns: Columns, people: Mapping[str, int], today: date
) -> Iterator[Row | Problem]:
    """Each line as a row, or as what is wrong with it; a line may have several problems. `people`
    are ids by address."""
    names = header.names
    wanted = [columns.person, columns.day, *columns.scores, *([columns.key] if columns.key else [])]
    if missing := [name for name in wanted if name not in names]:
        words = _("This column is missing. Add it, or say again what the columns are.")
        yield from (Problem(1, name, words) for name in missing)
        return
    seen: dict[str, int] = {}
    number = 1
    try:
        for number, cells in enumerate(header.lines, start=2):
            if not any(cells):
                continue
            if len(cells) != len(names):
                words = _("This line has %(found)d cells, and the first line %(wanted)d.")
                told = {"found": len(cells), "wanted": len(names)}
                yield Problem(number, "", words % told)
                continue
            row, problems = _row(
                number, dict(zip(names, cells, strict=True)), columns, people, today
            )
            yield from problems
            if row is None:
                continue
            first = seen.setdefault(row.key, number)
            if first != number:
                words = _("Line %(line)d has this row already. Leave one of them out.")
                yield Problem(number, columns.key or columns.person, words % {"line": first})
                continue
            yield row
    except csv.Error:
        words = _("A quotation mark is open to the end, or a cell is far too long. Close it.")
        yield Problem(number + 1, "", words)


def _row(
    line: int, cells: dict[str, str], columns: Columns, people: Mapping[str, int], today: date
) -> tuple[Row | None, list[Problem]]:
    problems: list[Problem] = []

    def cell(name: str) -> str:
        text = cells[name].strip()
        if text.startswith(FORMULA):
            words = _(
                "The cell begins with “%(sign)s”, and a spreadsheet would run it as a formula. "
                "Take the sign out."
            )
            problems.append(Problem(line, name, words % {"sign": text[0]}))
            return ""
        return text

    address = cell(columns.person).lower()
    person = people.get(address)
    if person is None and not problems:
        words = _("Nobody at the agency has this address: %(address)s.") % {"address": address[:80]}
        if not address:
            words = _("Write the address of the person the scores are about.")
        problems.append(Problem(line, columns.person, words))
    day = _day(cells[columns.day].strip(), columns.day_format)
    if isinstance(day, date) and day > today:
        day = _("This day is not over yet. Write the day of the practice.")
    if isinstance(day, str):
        problems.append(Problem(line, columns.day, day))
    scores: list[float | None] = []
    for name in columns.scores:
        value = _percent(cells[name].strip())
        if isinstance(value, str):
            problems.append(Problem(line, name, value))
        else:
            scores.append(value)
    if not problems and all(value is None for value in scores):
        problems.append(Problem(line, "", _("This row has no score. Leave it out.")))
    key = cell(columns.key) if columns.key else f"{address} {day}"
    if columns.key and not any(problem.column == columns.key for problem in problems):
        if not key:
            problems.append(Problem(line, columns.key, _("Write what names this row.")))
        elif len(key) > LONGEST_KEY:
            words = _("Shorten this to %(most)d letters.") % {"most": LONGEST_KEY}
            problems.append(Problem(line, columns.key, words))
    if problems or person is None or isinstance(day, str):
        return None, problems
    return Row(line, key, person, day, tuple(scores)), []


def _day(text: str, format_: str) -> date | str:
    day = _date(text, format_)
    if day is None:
        return _("Write the day as %(format)s.") % {"format": FORMATS[format_]}
    return day if day.year >= 1990 else _("Write the year of the practice in four digits.")


@lru_cache(maxsize=4096)  # the same days come again and again, and reading one takes long
def _date(text: str, format_: str) -> date | None:
    try:
        return datetime.strptime(text, format_).date()  # noqa: DTZ007  # a day has no zone
    except ValueError:
        return None


def _percent(text: str) -> float | str | None:
    bare = text.removesuffix("%").strip().replace(",", ".")
    if not bare:
        return None
    if not bare.replace(".", "", 1).isdigit() or not bare.isascii():
        return _("Write a percent from 0 to 100, as 72 or 72.5%.")
    value = float(bare)
    return value if 0 <= value <= 100 else _("Write a percent from 0 to 100, as 72 or 72.5%.")
