"""Reviews and feedback as rows of a list: the few columns that a row shows, nothing hydrated."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from fidelity.models import Feedback, Review, Source, Version
from fidelity.names import names_of
from fidelity.shipped import spoken
from portal.people.models import User
from portal.prepared import prepared
from portal.web.templatetags.ui import local_day

# Names are read apart: joining them to what decides access takes the database longest to plan.
COLUMNS = (
    "pk",
    "submitted_at",
    "due_on",
    "subject",
    "version",
    "source",
    "practised_on",
    "reviewer",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One row: where it leads, whom it is about (of oneself: with what), when and by whom."""

    url: str
    release_url: str
    who: str
    what: str
    day: str
    reviewer: str  # empty where the reader is


def addresses(name: str) -> Callable[[int], str]:
    """From an id to the address of that name; its route is looked up once and not for each row."""
    before, _zero, after = reverse(name, args=[0]).partition("/0/")
    return lambda pk: f"{before}/{pk}/{after}"


def columns(reviews: QuerySet[Review]) -> QuerySet[Review, Any]:
    """The same reviews of people, as rows for `listed`."""
    return reviews.values_list(*COLUMNS)


def on_page(
    reviews: QuerySet[Review], asked: str | None, per_page: int
) -> tuple[Page[Any], list[tuple[Any, ...]]]:
    """The page that was asked for, as `Paginator.get_page`, and its rows for `listed`. One query
    for the rows and how many there are; two more where there is no such page."""
    number = int(asked) if asked and asked.isdecimal() and len(asked) < 6 else 1
    counted = reviews.annotate(total=Window(Count("*"))).values_list("total", *COLUMNS)
    start = (max(number, 1) - 1) * per_page
    rows = list(counted[start : start + per_page])
    total = rows[0][0] if rows else 0 if start == 0 else reviews.count()
    shown = Paginator(range(total), per_page).get_page(asked)
    if shown.start_index() not in (0, start + 1):
        start = shown.start_index() - 1
        rows = list(counted[start : start + per_page])
    return shown, [row[1:] for row in rows]


def listed(
    reader: User, feedback: QuerySet[Feedback], *lists: Iterable[tuple[Any, ...]]
) -> tuple[list["ListedFeedback"], list[list[Listed]]]:
    """Feedback, and what `columns` found, list by list, as `reader` sees it. Two queries more, for
    the names in all of them."""
    told = list(feedback.values_list("pk", "author", "review__version", "written_at", "read_at"))
    found = [list(rows) for rows in lists]
    people, versions = {row[1] for row in told}, {row[2] for row in told}
    for *_more, about, version, _source, _day, by in (row for rows in found for row in rows):
        people |= {about, by}
        versions.add(version)
    names = names_of(people - {None})
    instruments = {pk: spoken(name) for pk, name in _instruments(sorted(versions))}
    show = addresses("fidelity:feedback.show")
    for_reader = [
        ListedFeedback(show(pk), names[author], instruments[version], written, read is None)
        for pk, author, version, written, read in told
    ]
    return for_reader, [_listed(rows, reader, names, instruments) for rows in found]


@prepared
def _instruments(versions: list[int]) -> QuerySet[Any, Any]:
    used = Version.objects.filter(pk__in=versions).order_by()
    return used.values_list("pk", "instrument__name")


def _listed(
    rows: list[tuple[Any, ...]], reader: User, names: dict[int, str], instruments: dict[int, str]
) -> list[Listed]:
    show, edit = addresses("fidelity:reviews.show"), addresses("fidelity:reviews.edit")
    release = addresses("fidelity:releases.new")
    sources = {source.value: str(source.label) for source in Source}
    return [
        Listed(
            url=show(pk) if submitted else edit(pk),
            release_url=release(pk),
            who=instruments[version] if about == reader.pk else names[about],
            what=sources[source]
            if about == reader.pk
            else f"{instruments[version]}, {sources[source]}",
            day=local_day(day) if day else format_html(_("due {day}"), day=local_day(due_on)),
            reviewer="" if by == reader.pk else names.get(by, ""),
        )
        for pk, submitted, due_on, about, version, source, day, by in rows
    ]


@dataclass(frozen=True, slots=True)
class ListedFeedback:
    url: str
    author: str
    instrument: str
    written_at: datetime
    is_new: bool
