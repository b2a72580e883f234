"""Who is booked elsewhere at the times that somebody plans. A warning for whoever plans.

A session of a community that the planner cannot see is told of as "busy": nobody learns here what
a colleague does in another agency.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.models import Community, Membership, Session
from communities.models.reach import joined
from portal.people.models import User
from portal.prepared import prepared

NAMED = 2  # people named in one sentence; the rest are counted
SENTENCES = 6


@dataclass
class Booked:
    """What one series, or all that the planner cannot see, takes from the times."""

    title: str = ""  # empty: not to be told
    times: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))  # by person
    hosts: set[int | None] = field(default_factory=set)

    def add(self, people: set[int | None], at: set[int], host: int | None) -> None:
        """One session: whom it takes, and from which of the times."""
        for person in people:
            if person is not None:
                self.times[person] |= at
        self.hosts.add(host)


def clashes(
    starts: Sequence[datetime],
    *,
    minutes: int,
    names: dict[int, str],
    host: int | None,
    planner: User,
    besides: set[int | None],
    moved: int | None = None,
) -> list[str]:
    """One sentence a series that takes place then, the host's first. Three queries at any number,
    one where nobody is booked.

    `names` are the people who are to come, by id; `besides` the series that is being planned, and
    those it takes the place of; `moved` the one session that is.
    """
    if not (starts and names):
        return []
    length, now = timedelta(minutes=minutes), timezone.now()
    instants = [instant for start in starts for instant in (start + length, start)]
    series, session = sorted(pk for pk in besides if pk), [moved] if moved else []
    rows = _booked_at(sorted(names), series, session, now, *instants)
    if not rows:
        return []
    elsewhere = {group for *_times, group in rows}
    members: dict[int, set[int | None]] = defaultdict(set)
    for group, person in _members_among(sorted(names), sorted(elsewhere), now):
        members[group].add(person)
    seen = elsewhere & set(joined(planner))
    if unknown := elsewhere - seen:
        visible = Community.objects.visible_to(planner).filter(pk__in=unknown)
        seen |= set(visible.values_list("pk", flat=True))

    booked: dict[int, Booked] = {}
    taken: dict[tuple[datetime, datetime], set[int]] = {}  # many meet at the same hour
    for began, ended, its_host, series, title, group in rows:
        if (began, ended) not in taken:
            taken[began, ended] = {
                n for n, start in enumerate(starts) if began < start + length and ended > start
            }
        told = group in seen
        people = (members[group] | {its_host}) & names.keys()
        entry = booked.setdefault(series if told else 0, Booked(title if told else ""))
        entry.add(people, taken[began, ended], its_host)
    return _sentences(booked, names, host)


@prepared
def _booked_at(
    people: list[int],
    besides: list[int],
    moved: list[int],
    now: datetime,
    *instants: datetime,
) -> QuerySet[Any, Any]:
    """Sessions of these people that begin before, and end after, one of the pairs of instants."""
    overlapping = Q()
    for before, after in zip(instants[::2], instants[1::2], strict=True):
        overlapping |= Q(starts_at__lt=before, ends_at__gt=after)
    theirs = Membership.objects.current(now).filter(person__in=people)
    there = Q(host__in=people) | Q(series__community__in=theirs.values("community"))
    return (
        Session.objects.standing()
        .filter(overlapping, there)
        .exclude(Q(series__in=besides) | Q(pk__in=moved))
        .values_list("starts_at", "ends_at", "host", "series", "series__title", "series__community")
    )


@prepared
def _members_among(people: list[int], communities: list[int], now: datetime) -> QuerySet[Any, Any]:
    theirs = Membership.objects.current(now).filter(person__in=people, community__in=communities)
    return theirs.values_list("community", "person")


def _sentences(booked: dict[int, Booked], names: dict[int, str], host: int | None) -> list[str]:
    """The host's own first, then what takes most dates from most people."""
    of_the_host, of_others = [], []
    for entry in booked.values():
        dates = entry.times.pop(host, None) if host else None
        if dates and host:
            of_the_host.append(_of_one(names[host], entry, len(dates), host in entry.hosts))
        if entry.times:
            of_others.append(entry)
    of_others.sort(key=lambda entry: (-len(set().union(*entry.times.values())), entry.title))
    return [*of_the_host, *(_of_many(entry, names) for entry in of_others)][:SENTENCES]


def _of_one(name: str, entry: Booked, dates: int, hosts: bool) -> str:
    words = {"name": name, "title": entry.title, "dates": _dates(dates)}
    if not entry.title:
        return _("%(name)s is busy then on %(dates)s.") % words
    if hosts:
        return _("%(name)s hosts %(title)s then on %(dates)s.") % words
    return _("%(name)s has %(title)s then on %(dates)s.") % words


def _of_many(entry: Booked, names: dict[int, str]) -> str:
    people = sorted(entry.times, key=lambda person: names[person])
    dates = len(set().union(*entry.times.values()))
    if len(people) == 1:
        return _of_one(names[people[0]], entry, dates, people[0] in entry.hosts)
    shown = [names[person] for person in people[:NAMED]]
    if more := len(people) - NAMED:
        shown.append(
            ngettext("%(n)d other", "%(n)d others", more) % {"n": more} if more > 0 else ""
        )
    words = {
        "names": get_text_list([each for each in shown if each], _("and")),
        "title": entry.title,
        "dates": _dates(dates),
    }
    if not entry.title:
        return _("%(names)s are busy then on %(dates)s.") % words
    return _("%(names)s have %(title)s then on %(dates)s.") % words


def _dates(count: int) -> str:
    return ngettext("%(n)d of these dates", "%(n)d of these dates", count) % {"n": count}
