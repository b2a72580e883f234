"""The author's own list: a line for each entry, with just what a line says."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reflections.models.answers import Answers, first_words
from reflections.models.share import standing_of


class Line(NamedTuple):
    """One entry: its address, its first words, when it was kept or saved, its readers' names."""

    key: UUID
    words: str
    at: datetime
    audience: str


def lines_of(
    entries: Iterable[tuple[int, UUID, Answers, datetime]], *, shared: bool = True
) -> list[Line]:
    """Lines from (pk, key, answers, time). Without `shared` (a draft never is), no reader is asked
    for."""
    rows = list(entries)
    readers: dict[int, list[str]] = defaultdict(list)
    if shared and rows:
        for share in standing_of(pk for pk, *_rest in rows):
            readers[share.entry].append(share.name)
    return [
        Line(key, first_words(answers), at, ", ".join(readers.get(pk, ())))
        for pk, key, answers, at in rows
    ]


def short_day(instant: datetime) -> str:
    """The day of an instant where its reader is, as it fits into a list or under a chart."""
    # Translators: a short day, in Django's date format letters
    return date_format(timezone.localtime(instant), _("M j, y"))
