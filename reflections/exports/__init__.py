"""A person's whole journal as a file that they take away: PDF, Markdown or JSON."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from portal.audit.events import record
from portal.people.models import User
from reflections.exports import as_json, as_markdown, as_pdf
from reflections.exports.journal import Journal


@dataclass(frozen=True)
class Format:
    """One kind of file, and what writes it piece by piece."""

    ending: str
    content_type: str
    written: Callable[[Journal], Iterator[str | bytes]]
    fits: Callable[[Journal], bool] = lambda _journal: True


FORMATS = {
    "pdf": Format("pdf", "application/pdf", as_pdf.written, as_pdf.fits),
    "markdown": Format("md", "text/markdown; charset=utf-8", as_markdown.written),
    "json": Format("json", "application/json", as_json.written),
}


def export(journal: Journal, wanted: Format) -> Iterator[str | bytes]:
    """The journal in pieces, in its author's language and on their clock.

    That they took it is recorded at once. The rest happens as the pieces are sent, which is after
    the request: so each is written under their clock and language by itself.
    """
    person = journal.person
    record("reflections.exported", on=person, by=person, at=journal.at)
    return _pieces(person, wanted.written(journal))


def _pieces(person: User, written: Iterator[str | bytes]) -> Iterator[str | bytes]:
    zone = ZoneInfo(person.time_zone)
    while True:
        with translation.override(person.language), timezone.override(zone):
            piece = next(written, None)
        if piece is None:
            return
        yield piece
