"""What a worker does with an upload: check it, and once somebody said yes, store it.

Both read the file line by line. What is found out is kept in the upload's row, so that its page
only shows it; nothing of a file with a problem is stored.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import datetime
from io import TextIOWrapper
from typing import Any, TextIO

from django.db import transaction
from django.db.utils import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from fidelity.imports import percent_store
from fidelity.imports import store as code_store
from fidelity.imports.codes import CannotRead
from fidelity.imports.codes import read as read_codes
from fidelity.imports.percents import Columns, Header, Problem, Row, header_of, rows_of
from fidelity.imports.progress import Progress
from fidelity.models import Upload, Version

SHOWN = 100  # problems, changed rows or first rows that are kept to be shown
MOST_PROBLEMS = 1000  # then the rest is not read: a file so wrong is wrong in one way throughout
FIRST = 10


class NotText(Exception):
    """The file is no UTF-8 text; `problem` says where and what to do."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


@contextmanager
def opened(upload: Upload) -> Iterator[TextIO]:
    """The upload's file as text. Raises NotText, also while it is read."""
    again = _("Save it again as “CSV UTF-8” and upload that.")
    with upload.file.storage.open(str(upload.file.name)) as raw:
        head = raw.read(4)
        raw.seek(0)
        if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            raise NotText(Problem(1, "", _("The file is written in UTF-16.") + " " + again))
        if head == b"PK\x03\x04":
            raise NotText(Problem(1, "", _("This is a workbook, not a CSV file.") + " " + again))
        text = TextIOWrapper(raw, encoding="utf-8-sig", newline="")
        try:
            yield text
        except UnicodeDecodeError as why:
            words = _("A letter here is not written in UTF-8.") + " " + again
            raise NotText(Problem(_line_of(upload), "", words)) from why
        finally:
            text.close()


def _line_of(upload: Upload) -> int:
    """The first line that is not UTF-8: a decoder knows its chunk, not the line."""
    with upload.file.storage.open(str(upload.file.name)) as raw:
        for number, line in enumerate(raw, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return 1


def work_on(upload: Upload, *, at: datetime | None = None) -> None:
    """Check it, or store it: whichever it waits for. Neither where another worker has it."""
    at = at or timezone.now()
    if not Upload.objects.to_do(at).filter(pk=upload.pk).update(claimed_at=at):
        return
    upload.refresh_from_db()
    with closing(Progress(upload.pk)) as progress:
        if upload.confirmed_at:
            _store(upload, progress, at)
        else:
            _check(upload, progress, at)


def _check(upload: Upload, progress: Progress, at: datetime) -> None:
    try:
        with opened(upload) as text:
            read = _check_codes if upload.kind == Upload.Kind.CODES else _check_percents
            found = read(upload, text, progress)
    except NotText as why:
        found = {"problems": [asdict(why.problem)], "total": 1}
    _note(upload, found, checked_at=at)


def _check_codes(upload: Upload, text: TextIO, progress: Progress) -> dict[str, Any]:
    try:
        codings = read_codes(text, on_row=progress)
    except CannotRead as why:
        lines = [{"line": bad.line, "column": bad.column, "words": str(bad)} for bad in why.lines]
        whole = [{"line": None, "column": "", "words": why.reason}]
        return {"problems": (lines or whole)[:SHOWN], "total": len(lines) or 1}
    return {"codings": len(codings), "recordings": len({each.transcript for each in codings})}


def _check_percents(upload: Upload, text: TextIO, progress: Progress) -> dict[str, Any]:
    columns = Columns.of(upload.columns)
    version = Version.objects.filter(pk=columns.version).first() if columns.version else None
    known = percent_store.known_rows(upload.agency, version, columns.source)
    header = header_of(text)
    problems = list(header.problems)
    changed: list[list[Any]] = []
    first: list[list[Any]] = []
    counts = {"new": 0, "changed": 0, "unchanged": 0}
    for found in () if problems else _rows(upload, header, columns):
        progress(found.line)
        if isinstance(found, Problem):
            problems.append(found)
            if len(problems) >= MOST_PROBLEMS:
                break
            continue
        before = known.get(found.key)
        verdict = "new" if not before else "unchanged"
        if before and before[1] != found.digest:
            verdict = "changed"
            changed.append([found.line, found.key])
        counts[verdict] += 1
        if len(first) < FIRST:
            first.append([found.line, found.key, str(found.day), list(found.scores)])
    if not problems and not sum(counts.values()):
        problems.append(Problem(1, "", _("The file has a header and no rows.")))
    return {
        **counts,
        "problems": [asdict(each) for each in problems[:SHOWN]],
        "total": len(problems),
        "changes": changed[:SHOWN],
        "first": first,
    }


def _rows(upload: Upload, header: Header, columns: Columns) -> Iterator[Row | Problem]:
    agency = upload.agency
    people = {email.lower(): pk for pk, email in agency.everyone_ever().values_list("pk", "email")}
    return rows_of(header, columns, people, timezone.localdate(timezone=agency.zone))


class _Wrong(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def _store(upload: Upload, progress: Progress, at: datetime) -> None:
    """All in one transaction; a file that does not fit any more goes back to be looked at."""
    try:
        with opened(upload) as text:
            if upload.kind == Upload.Kind.CODES:
                codings = read_codes(text, on_row=progress)
                found = asdict(code_store.store(codings, upload.agency, at=at))
            else:
                found = asdict(_store_percents(upload, text, progress, at))
    except (_Wrong, NotText) as why:
        _back(upload, why.problem)
    except CannotRead as why:
        _back(upload, Problem(1, "", why.reason))
    except IntegrityError:
        words = _("Someone changed the same thing in the meantime. Upload the file once more.")
        _back(upload, Problem(1, "", words))
    else:
        _note(upload, found, stored_at=at)
        upload.forget_file()


def _store_percents(
    upload: Upload, text: TextIO, progress: Progress, at: datetime
) -> percent_store.Stored:
    columns = Columns.of(upload.columns)

    def good() -> Iterator[Row]:
        header = header_of(text)
        for found in _rows(upload, header, columns):
            progress(found.line)
            if isinstance(found, Problem):
                raise _Wrong(found)
            yield found

    return percent_store.store(good(), upload.agency, columns, by=upload.by, at=at)


def _back(upload: Upload, problem: Problem) -> None:
    found = {"problems": [asdict(problem)], "total": 1}
    _note(upload, found, confirmed_at=None)


def _note(upload: Upload, found: dict[str, Any], **fields: datetime | None) -> None:
    with transaction.atomic():
        upload.found, upload.claimed_at, upload.done = found, None, upload.lines
        for name, value in fields.items():
            setattr(upload, name, value)
        upload.save(update_fields=["found", "claimed_at", "done", *fields])
