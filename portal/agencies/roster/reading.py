"""From an uploaded file to rows, or to what is wrong with it by row and column. Pure."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from portal.agencies.models import Role
from portal.agencies.roster.cells import bare, looks_like_a_formula, tidied

COLUMNS = ("email", "name", "role", "since", "until", "supervisor_email", "coach_email")
NEEDED = ("email", "name", "role")
MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 50_000
MOST_PROBLEMS = 1000  # then the rest is not read: a file so wrong is wrong in one way throughout
LONGEST_NAME = 120  # characters, as User.name


@dataclass(frozen=True)
class Row:
    """One person in one role. What is empty leaves things as they are."""

    line: int
    email: str
    name: str
    role: str
    since: date | None = None
    until: date | None = None
    supervisors: tuple[str, ...] = ()
    coaches: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """What is wrong and what to do; `line` and `column` where it has a place."""

    words: str
    line: int | None = None
    column: str = ""


@dataclass
class Reading:
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    not_read: list[str] = field(default_factory=list)  # columns that we do not know


def read(content: bytes) -> Reading:
    """Everything that a file says. With problems its rows are of no use."""
    reading = Reading()
    text = _text_of(content, reading)
    if text is None:
        return reading
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        header = next((cells for cells in lines if any(cells)), [])
        places = _places(header, reading)
        if places is not None:
            for cells in lines:
                if any(cell.strip() for cell in cells):
                    if len(reading.rows) >= MOST_ROWS:
                        words = _("The file has more than %(most)s rows. Split it in two.")
                        reading.problems.append(Problem(words % {"most": f"{MOST_ROWS:,}"}))
                        break
                    _read_row(lines.line_num, cells, places, reading)
                    if len(reading.problems) >= MOST_PROBLEMS:
                        return reading
    except csv.Error:
        words = _("A quotation mark is open to the end, or a cell is far too long. Close it.")
        reading.problems.append(Problem(words, lines.line_num))
    if not reading.rows and not reading.problems:
        reading.problems.append(Problem(_("The file has no people in it. Add a row for each.")))
    _find_twins(reading)
    return reading


def _text_of(content: bytes, reading: Reading) -> str | None:
    save_again = _("Save it again as “CSV UTF-8” and upload that.")
    wrong = ""
    text: str | None = None
    if not content.strip():
        wrong = _("The file is empty. Choose one that has a header and a row for each person.")
    elif len(content) > MOST_BYTES:
        wrong = _("The file is larger than %(most)d MB. Split it in two.") % {
            "most": MOST_BYTES // 1024**2
        }
    elif content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        wrong = _("The file is written in UTF-16.") + " " + save_again
    elif content[:4] == b"PK\x03\x04":
        wrong = _("This is a workbook, not a CSV file.") + " " + save_again
    elif b"\x00" in content:
        line = content[: content.index(b"\x00")].count(b"\n") + 1
        words = _("The file holds something that is not text.") + " " + save_again
        reading.problems.append(Problem(words, line))
        return None
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            words = _("A letter here is not written in UTF-8.") + " " + save_again
            reading.problems.append(Problem(words, line))
            return None
    if wrong:
        reading.problems.append(Problem(wrong))
    return text


def _delimiter(text: str) -> str:
    """Comma, semicolon (Excel in Spanish) or tab: whichever the header has most of."""
    header = next((line for line in text.split("\n") if line.strip()), "")
    return max(",;\t", key=header.count)


def _places(header: list[str], reading: Reading) -> dict[str, int] | None:
    """Where each column stands, or None with the problems told."""
    names = [cell.strip().lower().replace(" ", "_") for cell in header]
    for column in NEEDED:
        if column not in names:
            words = _("The column “%(column)s” is missing. Add it to the first row.")
            reading.problems.append(Problem(words % {"column": column}, column=column))
    for column in COLUMNS:
        if names.count(column) > 1:
            words = _("The column “%(column)s” is there twice. Leave one out.")
            reading.problems.append(Problem(words % {"column": column}, column=column))
    reading.not_read = [name for name in names if name and name not in COLUMNS]
    if reading.problems:
        return None
    return {name: names.index(name) for name in COLUMNS if name in names}


def _read_row(line: int, cells: list[str], places: dict[str, int], reading: Reading) -> None:
    problems: list[Problem] = []

    def cell(column: str) -> str:
        place = places.get(column)
        raw = cells[place].strip() if place is not None and place < len(cells) else ""
        if looks_like_a_formula(raw):
            words = _(
                "The cell begins with “%(sign)s”, and a spreadsheet would run it as a formula."
                " Take the sign out, or put an apostrophe (') before it."
            )
            problems.append(Problem(words % {"sign": raw[0]}, line, column))
            return ""
        return tidied(bare(raw))

    given = {column: cell(column) for column in COLUMNS}
    told = {problem.column for problem in problems}
    row = Row(
        line,
        email=given["email"].lower(),
        name=given["name"],
        role=given["role"].lower().replace(" ", "_"),
        since=_day(given["since"], line, "since", problems),
        until=_day(given["until"], line, "until", problems),
        supervisors=_addresses(given["supervisor_email"], line, "supervisor_email", problems),
        coaches=_addresses(given["coach_email"], line, "coach_email", problems),
    )
    problems += [problem for problem in _wrong_with(row) if problem.column not in told]
    reading.problems += problems
    reading.rows.append(row)


def _wrong_with(row: Row) -> Iterator[Problem]:
    if not _is_address(row.email):
        yield Problem(_("Write an email address, like ana@example.org."), row.line, "email")
    if not row.name:
        yield Problem(_("Write the person's name."), row.line, "name")
    elif len(row.name) > LONGEST_NAME:
        yield Problem(_("Shorten the name to 120 letters."), row.line, "name")
    if row.role not in Role.values:
        words = _("Write one of these roles: %(roles)s.") % {"roles": ", ".join(Role.values)}
        yield Problem(words, row.line, "role")
    if row.since and row.until and row.until < row.since:
        yield Problem(_("Write a last day that is not before the first."), row.line, "until")
    for column, addresses in (("supervisor_email", row.supervisors), ("coach_email", row.coaches)):
        if row.email in addresses:
            words = _("Write someone else's address: nobody supervises or coaches themselves.")
            yield Problem(words, row.line, column)


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return len(email) <= 254


def _day(text: str, line: int, column: str, problems: list[Problem]) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or len(text) != 10 or not 1950 <= day.year <= 2150:
        words = _("Write the day as year-month-day, like 2026-11-30.")
        problems.append(Problem(words, line, column))
        return None
    return day


def _addresses(text: str, line: int, column: str, problems: list[Problem]) -> tuple[str, ...]:
    """One address, or several with spaces between them."""
    addresses = tuple(sorted(set(text.lower().split())))
    for address in addresses:
        if not _is_address(address):
            words = _(
                "“%(text)s” is not an email address. Write one, or several with spaces between."
            )
            problems.append(Problem(words % {"text": address[:80]}, line, column))
            return ()
    return addresses


def _find_twins(reading: Reading) -> None:
    """The same person in the same role from the same day; or one address with two names."""
    seen: dict[tuple[str, str, date | None], int] = {}
    named: dict[str, Row] = {}
    for row in reading.rows:
        first = seen.setdefault((row.email, row.role, row.since), row.line)
        if first != row.line:
            words = _("This person has this role in row %(line)d already. Leave one of them out.")
            reading.problems.append(Problem(words % {"line": first}, row.line, "email"))
        other = named.setdefault(row.email, row)
        if other.name != row.name:
            words = _("Row %(line)d gives this address another name. Write the same in both.")
            reading.problems.append(Problem(words % {"line": other.line}, row.line, "name"))
    reading.problems.sort(key=lambda problem: problem.line or 0)
