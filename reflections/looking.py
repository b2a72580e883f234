"""Looking back at one's own entries: what an address asks for, and what was a year ago."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from communities.finder import A_PAGE, Filter, Finder, Found, about_filters
from communities.month import FIRST_YEAR, LAST_YEAR
from portal.people.models import User
from portal.prepared import prepared
from portal.search import best, excerpt, marked, query_of
from reflections.lines import Line, lines_of, short_day
from reflections.models import Reflection
from reflections.models.reflection import ReflectionQuerySet
from reflections.models.wording import text_of

NEWEST = ("-kept_at", "-pk")
SESSIONS = 50  # in the list to choose from, the latest
ONE_DAY = timedelta(days=1)
DAYS = ("from", "to")  # both are part of what is asked for


@dataclass(frozen=True)
class Hit:
    """One entry: its line, and, of a search, where the words stand as safe HTML."""

    line: Line
    excerpt: SafeString | None = None


class Looking(Finder):
    """What the address asks for, of one person's kept entries: words, what an entry is about, its
    session, and the days between which it was kept."""

    def __init__(self, asked: QueryDict, entries: ReflectionQuerySet) -> None:
        self.entries = entries.kept()
        sessions = Filter(
            "session",
            gettext_lazy("Session"),
            gettext_lazy("Any session"),
            "session_id",
            _sessions_of(self.entries),
        )
        filters = [*about_filters(), *([sessions] if sessions.choices else [])]
        super().__init__(asked, filters)
        self.days = {name: day for name in DAYS if (day := _day(asked.get(name)))}
        self.chosen |= {name: day.isoformat() for name, day in self.days.items()}

    def look(self) -> Found:
        """A page of hits. Three queries at most, whatever there is."""
        rows = self._narrowed()
        begin = (self.page - 1) * A_PAGE
        if self.words:
            ranked = best(rows, self.words, column="wording__search", newest=NEWEST)
            keys = list(ranked.values_list("pk", flat=True))
            total: int | None = len(keys)
            keys = keys[begin : begin + A_PAGE + 1]
        else:
            keys = list(rows.values_list("pk", flat=True)[begin : begin + A_PAGE + 1])
            total = None
        return Found(
            self._hits(keys[:A_PAGE]),
            self.address(page=self.page + 1) if len(keys) > A_PAGE else "",
            self.address(page=self.page - 1) if self.page > 1 else "",
            total,
        )

    def _narrowed(self) -> QuerySet[Any]:
        columns = {each.name: each.column for each in self.filters}
        rows = self.entries.filter(
            **{columns[name]: value for name, value in self.chosen.items() if name in columns}
        )
        if "from" in self.days:
            rows = rows.filter(kept_at__gte=_midnight(self.days["from"]))
        if "to" in self.days:
            rows = rows.filter(kept_at__lt=_midnight(self.days["to"] + ONE_DAY))
        return rows

    def _hits(self, shown: Sequence[int]) -> list[Hit]:
        columns: list[Any] = ["pk", "key", "answers", "kept_at"]
        if self.words:
            columns.append(excerpt(text_of("answers"), query_of(self.words)))
        rows = {row[0]: row for row in self.entries.filter(pk__in=shown).values_list(*columns)}
        in_order = [rows[pk] for pk in shown if pk in rows]
        lines = lines_of(row[:4] for row in in_order)
        marks = [marked(row[4] or "") if self.words else None for row in in_order]
        return [Hit(line, mark) for line, mark in zip(lines, marks, strict=True)]


def a_year_ago(person: User, at: datetime | None = None) -> Line | None:
    """What they wrote on this day a year ago, by their own clock; the last, if several."""
    today = timezone.localdate(at)
    last = today.day == 29 and today.month == 2
    day = today.replace(year=today.year - 1, day=28 if last else today.day)
    rows = _kept_between(person.pk, _midnight(day), _midnight(day + ONE_DAY))
    return next(iter(lines_of(rows[:1], shared=False)), None)


@prepared
def _kept_between(person: int, begin: datetime, end: datetime) -> QuerySet[Any, Any]:
    kept = Reflection.objects.by(person).kept().filter(kept_at__gte=begin, kept_at__lt=end)
    return kept.values_list("pk", "key", "answers", "kept_at")[:1]


def _sessions_of(entries: ReflectionQuerySet) -> list[tuple[int, str]]:
    """The sessions that the entries are about, the latest first."""
    names = ("session", "session__starts_at", "session__series__community__name")
    named = entries.filter(session__isnull=False).order_by("-session__starts_at", "session")
    return [
        (pk, f"{community}, {short_day(starts_at)}")
        for pk, starts_at, community in named.values_list(*names).distinct()[:SESSIONS]
    ]


def _day(text: str | None) -> date | None:
    """A day that a journal can have; what is none counts as not asked."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _midnight(day: date) -> datetime:
    """When the day begins where its reader is."""
    zone = timezone.get_current_timezone()
    return datetime.combine(day, time.min, zone)
