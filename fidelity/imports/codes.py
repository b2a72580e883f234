"""Utterance codes of recorded conversations: from the lines of a file to counts. Pure.

The file is AnnoMI's in codes only: one row per utterance and annotator. A coding is one
annotator's codes of one conversation; its counts answer the coding sheet's items.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

ANNOTATORS = {str(number) for number in range(10)}  # the file's README: "annotator_id: 0 to 9"
TRUTH = {"True", "False"}
ALLOWED: dict[str, set[str]] = {
    "mi_quality": {"high", "low"},
    "interlocutor": {"therapist", "client"},
    "annotator_id": ANNOTATORS,
    "therapist_input_exists": TRUTH | {"n/a"},
    "therapist_input_subtype": {"information", "advice", "negotiation", "options", "n/a"},
    "reflection_exists": TRUTH | {"n/a"},
    "reflection_subtype": {"simple", "complex", "n/a"},
    "question_exists": TRUTH | {"n/a"},
    "question_subtype": {"open", "closed", "n/a"},
    "main_therapist_behaviour": {"reflection", "question", "therapist_input", "other", "n/a"},
    "client_talk_type": {"change", "neutral", "sustain", "n/a"},
}
NUMBERS = ("transcript_id", "utterance_id")
COLUMNS = [*NUMBERS, "topic", "timestamp", *ALLOWED]
PAIRS = [("therapist_input", "information"), ("reflection", "simple"), ("question", "open")]
# What is counted: the column, its value, and the item of the coding sheet that it answers.
COUNTED = {
    ("reflection_subtype", "simple"): "simple-reflections",
    ("reflection_subtype", "complex"): "complex-reflections",
    ("question_subtype", "open"): "open-questions",
    ("question_subtype", "closed"): "closed-questions",
    ("therapist_input_subtype", "information"): "information",
    ("therapist_input_subtype", "advice"): "advice",
}
ITEMS = list(COUNTED.values())
# What is kept of each line, for agreement utterance by utterance (fidelity.agreement.utterances).
SAID = (
    "interlocutor",
    "main_therapist_behaviour",
    "reflection_exists",
    "reflection_subtype",
    "question_exists",
    "question_subtype",
    "therapist_input_exists",
    "therapist_input_subtype",
    "client_talk_type",
)


@dataclass(frozen=True)
class BadLine:
    """Where a file cannot be read, what stands there, and what may."""

    line: int
    column: str
    found: str
    allowed: str

    def __str__(self) -> str:
        return f'Line {self.line}, {self.column}: found "{self.found}"; {self.allowed}.'


class CannotRead(Exception):
    """The file as a whole cannot be taken, because of these lines or for this reason."""

    def __init__(self, reason: str, lines: Iterable[BadLine] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.lines = list(lines)


@dataclass
class Coding:
    """One annotator's counts for one conversation, and the lines that they count."""

    transcript: str
    annotator: str
    quality: str
    topic: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ITEMS, 0))
    lines: list[list[str]] = field(default_factory=list)  # the utterance, then what is SAID of it


def read(
    lines: Iterable[str], *, on_row: Callable[[int], None] = lambda line: None
) -> list[Coding]:
    """The codings of a file, in the order they begin. `on_row` hears of each line's number.

    Raises CannotRead with every bad line; nothing of a bad file is returned.
    """
    bad: list[BadLine] = []
    codings: dict[tuple[str, str], Coding] = {}
    conversations: dict[str, tuple[str, str]] = {}
    seen: dict[tuple[str, str, str], int] = {}
    for line, row in _rows(lines):
        on_row(line)
        problems = list(_problems(line, row))
        if problems:
            bad += problems
            continue
        where = (row["transcript_id"], row["utterance_id"], row["annotator_id"])
        first = seen.setdefault(where, line)
        if first != line:
            bad.append(_repeated(line, where, first))
            continue
        quality, topic = row["mi_quality"], row["topic"]
        said = conversations.setdefault(row["transcript_id"], (quality, topic))
        bad += _disagreeing(line, row, said)
        coding = codings.setdefault(
            (where[0], where[2]), Coding(where[0], where[2], quality, topic)
        )
        for (column, value), item in COUNTED.items():
            coding.counts[item] += row[column] == value
        coding.lines.append([row["utterance_id"], *(row[column] for column in SAID)])
    if bad:
        raise CannotRead("Mend these lines, or get the file again, then run this again.", bad)
    if not codings:
        raise CannotRead("The file has a header and no rows. Get the file again.")
    return list(codings.values())


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(lines, strict=True)
    try:
        header = next(reader, None)
        if not header:
            raise CannotRead("The file is empty. Get it again from where it came from.")
        if missing := [column for column in COLUMNS if column not in header]:
            raise CannotRead(
                f"The first line lacks the columns: {', '.join(missing)}. "
                f"Export the codes with all of: {', '.join(COLUMNS)}."
            )
        if len(set(header)) < len(header):
            raise CannotRead("The first line names a column twice. Remove one of the two.")
        for cells in reader:
            if len(cells) == len(header):
                yield reader.line_num, dict(zip(header, cells, strict=True))
            elif cells:
                yield reader.line_num, {"": ",".join(cells), "allowed": _cells(header, cells)}
    except csv.Error as why:
        raise CannotRead(
            f"Line {reader.line_num} cannot be read as CSV ({why}). Open the file in a text "
            "editor and look for a quote that is not closed, or get the file again."
        ) from why


def _cells(header: list[str], cells: list[str]) -> str:
    """What to look for where a line is too short or too long."""
    if len(cells) < len(header):
        return f"a line has {len(header)} cells (was the file cut off?)"
    return f"a line has {len(header)} cells, and this one {len(cells)} (is a comma too many in it?)"


def _problems(line: int, row: dict[str, str]) -> Iterator[BadLine]:
    if "" in row:
        found = row[""]
        yield BadLine(
            line,
            "whole line",
            found if len(found) <= 60 else f"{found[:57]}...",
            row["allowed"],
        )
        return
    for column in NUMBERS:
        if not (row[column].isascii() and row[column].isdigit()):
            yield BadLine(line, column, row[column], "allowed is a number from 0 on")
    for column, allowed in ALLOWED.items():
        if row[column] not in allowed:
            words = "0 to 9" if allowed is ANNOTATORS else ", ".join(sorted(allowed))
            yield BadLine(line, column, row[column], f"allowed are {words}")
    for code, example in PAIRS:
        exists, subtype = row[f"{code}_exists"], row[f"{code}_subtype"]
        if (exists == "True") != (subtype != "n/a"):
            yield BadLine(
                line,
                f"{code}_subtype",
                subtype,
                f"allowed is a kind (such as {example}) where {code}_exists is True, else n/a",
            )


def _repeated(line: int, where: tuple[str, str, str], first: int) -> BadLine:
    transcript, utterance, annotator = where
    return BadLine(
        line,
        "transcript_id, utterance_id, annotator_id",
        f"{transcript}, {utterance}, {annotator}",
        f"allowed once, and line {first} has it already",
    )


def _disagreeing(line: int, row: dict[str, str], said: tuple[str, str]) -> Iterator[BadLine]:
    for column, before in zip(("mi_quality", "topic"), said, strict=True):
        if row[column] != before:
            yield BadLine(
                line, column, row[column], f'earlier lines of this conversation say "{before}"'
            )
