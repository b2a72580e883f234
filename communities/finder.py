"""What an address asks for (words, filters, where the last page ended), and a page of what answers.

A page costs the same with a hundred rows and with a hundred thousand: without words it is a walk
back from the last one shown; with words at most `search.RANKED` rows are ranked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from portal.practice.vocabulary import terms
from portal.search import RANKED, best, marked, says_nothing, with_highlights

A_PAGE = 15
LONGEST = 200  # characters of a search


@dataclass(frozen=True)
class Filter:
    """One question: its name in the address, its words, the column, and (value, label) pairs."""

    name: str
    label: Any
    anything: Any
    column: str
    choices: Sequence[tuple[Any, Any]]


def about_filters() -> list[Filter]:
    """By principle, phase and skill. Asks the database for nothing."""
    words = {
        "principle": (_("Principle"), _("Any principle")),
        "phase": (_("Phase"), _("Any phase")),
        "skill": (_("Skill"), _("Any skill")),
    }
    return [
        Filter(name, label, anything, f"{name}_id", terms()[name])
        for name, (label, anything) in words.items()
    ]


@dataclass(frozen=True)
class Found:
    """A page of rows. `older` and `newer` are addresses, or nothing. `total` is known when
    searching; `is_capped` says that more match than were looked through."""

    rows: list[Any]
    older: str = ""
    newer: str = ""
    total: int | None = None

    @property
    def is_capped(self) -> bool:
        return self.total == RANKED


class Finder:
    """What the address asks for. A value that is no answer of its filter is as none."""

    def __init__(self, asked: QueryDict, filters: Sequence[Filter]) -> None:
        self.filters = filters
        self.words = asked.get("q", "").replace("\0", "").strip()[:LONGEST]
        self.chosen: dict[str, str] = {
            each.name: str(asked[each.name])
            for each in filters
            if asked.get(each.name) in {str(value) for value, _label in each.choices}
        }
        self.before = row_id(asked.get("before"))
        self.page = row_id(asked.get("page")) or 1

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chosen or self.words)

    @property
    def is_too_common(self) -> bool:
        """Whether the words that are asked for say nothing. Asks the database: for a page that
        found nothing."""
        return bool(self.words) and says_nothing(self.words)

    def address(self, **more: Any) -> str:
        """The query that asks for the same, and for `more`."""
        asked = {"q": self.words, **self.chosen, **more}
        return "?" + urlencode({name: value for name, value in asked.items() if value})

    def find(self, rows: QuerySet[Any], *, title: str, text: list[str]) -> Found:
        """The page of `rows` that is asked for; with words, `hit_title` and `hit_text` are safe
        HTML with the hits marked."""
        columns = {each.name: each.column for each in self.filters}
        rows = rows.filter(**{columns[name]: value for name, value in self.chosen.items()})
        return self._ranked(rows, title, text) if self.words else self._newest(rows)

    def _newest(self, rows: QuerySet[Any]) -> Found:
        rows = rows.filter(pk__lt=self.before) if self.before else rows
        page = list(rows.order_by("-pk")[: A_PAGE + 1])
        older = self.address(before=page[A_PAGE - 1].pk) if len(page) > A_PAGE else ""
        return Found(page[:A_PAGE], older, self.address() if self.before else "")

    def _ranked(self, rows: QuerySet[Any], title: str, text: list[str]) -> Found:
        keys = list(best(rows, self.words).values_list("pk", flat=True))
        begin = (self.page - 1) * A_PAGE
        shown = keys[begin : begin + A_PAGE]
        on_page = rows.filter(pk__in=shown)
        on_page = with_highlights(on_page, self.words, title=title, text=text)
        found = {row.pk: row for row in on_page} if shown else {}
        for row in found.values():
            row.hit_title, row.hit_text = marked(row.hit_title), marked(row.hit_text)
        return Found(
            [found[key] for key in shown if key in found],
            self.address(page=self.page + 1) if len(keys) > begin + A_PAGE else "",
            self.address(page=self.page - 1) if self.page > 1 else "",
            len(keys),
        )


def row_id(text: str | None) -> int:
    """A number that a row's id may be, else 0."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 18 else 0
