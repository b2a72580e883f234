"""A person's whole journal as a file that they take away: PDF, Markdown or JSON."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
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


FORMATS = {
    "pdf": Format("pdf", "application/pdf", as_pdf.written),
    "markdown": Format("md", "text/markdown; charset=utf-8", as_markdown.written),
    "json": Format("json", "application/json", as_json.written),
}


def export(person: User, wanted: Format, *, at: datetime | None = None) -> Iterator[str | bytes]:
    """The person's journal in pieces, in their language and on their clock.

    That they took it is recorded at once. The rest happens as the pieces are sent, which is after
    the request: so each is written under their clock and language by itself.
    """
    at = at or timezone.now()
    record("reflections.exported", on=person, by=person, at=at)
    return _pieces(person, wanted.written(Journal(person, at)))


def _pieces(person: User, written: Iterator[str | bytes]) -> Iterator[str | bytes]:
    zone = ZoneInfo(person.time_zone)
    while True:
        with translation.override(person.language), timezone.override(zone):
            piece = next(written, None)
        if piece is None:
            return
        yield piece
