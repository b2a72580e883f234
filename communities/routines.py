"""Whom a routine reminds: kinds that each app registers, and their recipients as SQL.

    @register
    class TeamReflection(RoutineKind):            # in reflections/reminders.py
        kind = "reflection.time"
        title = _("Time to reflect")
        notice = TimeToReflect                    # its subject is the Routine

        @classmethod
        def narrow(cls, rows, at):                # leave out who has done it already
            return rows.exclude(...)

A row of `rows` is a person of a group, once for each rule that reaches them: `who` is the person's
id, `by_rule` the rule's, `period` the days from one time of the routine to the next.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import transaction
from django.db.models import (
    BooleanField,
    Count,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Window,
)
from django.utils import timezone
from django.utils.functional import Promise

from communities.models.membership import Membership
from communities.models.routine import Routine, RoutineClock
from communities.notices.routines import HEARD
from communities.rhythm import Rhythm
from portal.agencies.models import Agency, Position, Supervision
from portal.notices.models import Notice
from portal.notices.models.notice import NoticeQuerySet
from portal.people.models import User
from portal.people.named import Named
from portal.prepared import prepared
from portal.recurrence.wall import zone_names
from portal.reminders.kinds import ReminderKind, kinds
from portal.reminders.models import Occurrence, Rule

if TYPE_CHECKING:
    from django.db.models import Model

log = logging.getLogger(__name__)

NAMED = 30  # of those whom a routine may remind


class IsAmong(Func):
    """Whether a value is in an array column."""

    arg_joiner = " = ANY("
    template = "%(expressions)s)"
    output_field = BooleanField()


class RoutineKind(ReminderKind):
    """A kind of routine. Subclasses name it, and leave out those who need no reminder."""

    lead: ClassVar[str | Promise]  # a sentence: what it says, and who is left out
    of_one = True  # of those that come due together; of those before, `anew` tells
    roles: ClassVar[tuple[str, ...]] = ()  # offered first; none: everyone
    usual: ClassVar[tuple[Rhythm, time] | None] = None  # what every agency has, and its hour

    @classmethod
    def narrow(cls, rows: QuerySet[Any, Any], at: datetime) -> QuerySet[Any, Any]:
        """Without those who need no reminder at `at`. Asked again of a notice that is to go."""
        return rows

    @classmethod
    def anew(cls, rows: QuerySet[Any, Any], at: datetime) -> QuerySet[Any, Any]:
        """Without those who heard of it."""
        return rows.exclude(Exists(heard(cls.notice.kind, at - HEARD, at)))

    @classmethod
    def recipients(
        cls, rules: QuerySet[Rule], at: datetime, subjects: Mapping[int, int] | None = None
    ) -> QuerySet[Any, Any]:
        return _union(cls._due(rules, at))

    @classmethod
    def audience(cls, rule: Rule, occurrence: Occurrence) -> QuerySet[User]:
        return _people(cls._due(Rule.objects.filter(pk=rule.pk), occurrence.due_at))

    @classmethod
    def subject(cls, rule: Rule, occurrence: Occurrence) -> Model | None:
        """The routine; None once it is over, paused, or its community closed."""
        return cls.subjects([(rule, occurrence)]).get(rule.pk)

    @classmethod
    def subjects(cls, due: Sequence[tuple[Rule, Occurrence]]) -> Mapping[int, Model | None]:
        """What `subject` would answer, by the rule's id: one query for any number of rules."""
        owners = {rule.owner_id: rule.pk for rule, _occurrence in due}
        clocks = RoutineClock.objects.filter(
            pk__in=owners.keys(),
            routine__ended_at=None,
            routine__paused_at=None,
            routine__community__closure=None,
        )
        return {owners[clock.pk]: clock.routine for clock in clocks.select_related("routine")}

    @classmethod
    def reaches(cls, routine: Routine, person: User, at: datetime) -> bool:
        """Whether the person still is one to be told, for a notice that is about to go."""
        rows = (cls.narrow(rows, at).filter(who=person.pk) for rows in rows_of(routine, at=at))
        return any(found.exists() for found in rows)

    @classmethod
    def _due(cls, rules: QuerySet[Rule], at: datetime) -> Iterator[QuerySet[Any, Any]]:
        return (cls.anew(cls.narrow(rows, at), at) for rows in rows_of(rules=rules, at=at))


def heard(kind: str, after: datetime, at: datetime) -> NoticeQuerySet:
    """What `who` of a row was told of that kind."""
    found: NoticeQuerySet = Notice.objects.standing().filter(
        kind=kind, recipient=OuterRef("who"), due_at__gt=after, due_at__lte=at
    )
    return found


def offered() -> dict[str, type[RoutineKind]]:
    """The kinds of routine, by name."""
    return {name: kind for name, kind in kinds.items() if issubclass(kind, RoutineKind)}


def people_of(routine: Routine, at: datetime | None = None) -> QuerySet[User]:
    """Everyone whom the routine may remind: its group, by role.

    Not narrowed: that somebody reflected already is theirs to tell, and a page which left them out
    would tell it.
    """
    return _people(rows_of(routine, at=at or timezone.now()))


def named_of(routine: Routine, at: datetime) -> tuple[int, list[Named]]:
    """How many `people_of` it are, and the first of them by name. One query."""
    rows = _NAMED[_group_of(routine)](routine.pk, at)
    return rows[0][-1] if rows else 0, [Named(*row[:3]) for row in rows]


def zones_of(routine: Routine, at: datetime) -> set[str]:
    """The zones whose clocks the routine keeps: its own, or those that its people live by."""
    if routine.time_zone:
        return {routine.time_zone} & zone_names()
    found = _group_rows(routine, at)
    zones = {zone for rows, _path in found for zone in rows.values_list("zone_of", flat=True)}
    # A zone that the zone database lost has no clock to keep; nobody can choose it any more.
    return zones & zone_names() or {routine.agency.time_zone}


def follow_the_clocks(at: datetime | None = None) -> int:
    """Begin rules for clocks that somebody of a group lives by since, and end those that nobody
    does; how many routines changed. Five queries at any number of routines."""
    at = at or timezone.now()
    lived: dict[int, set[str]] = defaultdict(set)
    for rows, path in _group_rows(None, at):
        own = rows.filter(**{f"{path}time_zone": ""}).order_by()
        for routine, zone in own.values_list(f"{path}pk", "zone_of").distinct():
            lived[routine].add(zone)
    keeping = RoutineClock.objects.filter(rule__ended_at=None, rule__isnull=False)
    kept: dict[int, set[str]] = defaultdict(set)
    for routine, zone in keeping.values_list("routine", "zone"):
        kept[routine].add(zone)
    behind = [
        routine
        for routine in Routine.objects.standing().filter(time_zone="").select_related("agency")
        if (lived[routine.pk] & zone_names() or {routine.agency.time_zone}) != kept[routine.pk]
    ]
    for routine in behind:
        try:
            with transaction.atomic():
                Routine.objects.select_for_update(of=("self",)).get(pk=routine.pk)
                routine.keep_the_clocks(at=at)
        except Exception:  # one that cannot be kept stops no other
            log.exception("communities.routine_not_kept", extra={"routine": routine.pk})
    return len(behind)


def set_up_the_usual(at: datetime | None = None) -> int:
    """What every agency has from the start, where it never had it: an admin who ends one has
    ended it. How many are new."""
    at = at or timezone.now()
    begun = 0
    for kind in offered().values():
        if kind.usual is None:
            continue
        rhythm, hour = kind.usual
        lacking = Agency.objects.exclude(
            pk__in=Routine.objects.filter(kind=kind.kind, community=None, team_of=None).values(
                "agency"
            )
        )
        for agency in lacking:
            Routine.begin(
                kind=kind.kind,
                agency=agency,
                rhythm=rhythm,
                starts_on=agency.day_of(at),
                local_time=hour,
                roles=kind.roles,
                by=None,
                at=at,
            )
            begun += 1
    return begun


def rows_of(
    routine: Routine | None = None, *, rules: QuerySet[Rule] | None = None, at: datetime
) -> Iterator[QuerySet[Any, Any]]:
    """The people of a routine or of many rules: members, a team and its supervisor, an agency's
    staff, each as one queryset. With rules, each person by the rule of their clock alone."""
    for rows, path in _group_rows(routine, at):
        if rules is not None:
            clock = f"{path}clocks__"
            on_their_clock = ~Q(**{f"{path}time_zone": ""}) | Q(zone_of=F(f"{clock}zone"))
            rows = rows.filter(on_their_clock, **{f"{clock}rule__in": rules.values("pk")})
            rows = rows.annotate(by_rule=F(f"{clock}rule"))
        else:
            rows = rows.annotate(by_rule=F(f"{path}pk"))
        yield rows


def _group_rows(routine: Routine | None, at: datetime) -> list[tuple[QuerySet[Any, Any], str]]:
    """People with the routine that reaches them; and the path from a row to that routine."""
    groups = [_group_of(routine)] if routine else ["community", "team", "agency"]
    pk = routine.pk if routine else None
    return [found for group in groups for found in _rows_of_group(group, pk, at)]


def _group_of(routine: Routine) -> str:
    if routine.community_id:
        return "community"
    return "team" if routine.team_of_id else "agency"


def _rows_of_group(
    group: str, routine: int | None, at: datetime
) -> list[tuple[QuerySet[Any, Any], str]]:
    sources: list[tuple[QuerySet[Any, Any], str, str]]
    if group == "community":
        members = Membership.objects.admitted(at).filter(community__closure=None)
        sources = [(members, "community__routines__", "person")]
    elif group == "team":
        sources = [
            (Supervision.objects.current(at), "supervisor__team_routines__", "supervisee"),
            (_of_their_supervisor(at), "routine__", "routine__team_of"),
        ]
    else:
        sources = [(Position.objects.current(at), "agency__routines__", "person")]
    return [(_reached(rows, path, person, routine, at), path) for rows, path, person in sources]


def _of_their_supervisor(at: datetime) -> QuerySet[Any, Any]:
    """The routines of teams whose supervisor works there: the one who leads reflects, too."""
    works = Position.objects.current(at).filter(
        person=OuterRef("routine__team_of"), agency=OuterRef("routine__agency")
    )
    return RoutineClock.objects.filter(Exists(works), routine__team_of__isnull=False)


def _reached(
    rows: QuerySet[Any, Any], path: str, person: str, routine: int | None, at: datetime
) -> QuerySet[Any, Any]:
    whole_agency = path.startswith("agency")
    conditions = Q(**{f"{path}ended_at": None, f"{person}__is_active": True})
    if whole_agency:
        conditions &= Q(**{f"{path}community": None, f"{path}team_of": None})
    if path.startswith("supervisor"):
        conditions &= Q(**{f"{path}agency": F("agency")})
    if routine is not None:
        conditions &= Q(**{f"{path}pk": routine})
    rows = rows.filter(conditions).annotate(
        who=F(person),
        zone_of=F(f"{person}__time_zone"),
        wanted_roles=F(f"{path}roles"),
        period=F(f"{path}period_days"),
    )
    if whole_agency:
        in_role = Q(IsAmong(F("role"), F("wanted_roles")))
    else:
        held = Position.objects.current(at).filter(
            IsAmong(F("role"), OuterRef("wanted_roles")), person=OuterRef("who")
        )
        in_role = Q(Exists(held))
    return rows.filter(Q(wanted_roles=[]) | in_role)


def _people(querysets: Iterator[QuerySet[Any, Any]]) -> QuerySet[User]:
    """All who are in one of them."""
    found = Q(pk__in=[])
    for rows in querysets:
        found |= Q(pk__in=rows.order_by().values("who"))
    return User.objects.filter(found)


def _named(group: str) -> Callable[[int, datetime], list[Any]]:
    @prepared
    def find(routine: int, at: datetime) -> QuerySet[Any, Any]:
        """(id, name, email, how many) of the first by name."""
        found = _people(rows for rows, _path in _rows_of_group(group, routine, at))
        counted = found.annotate(n=Window(Count("pk"))).order_by("name", "pk")
        return counted.values_list("pk", "name", "email", "n")[:NAMED]

    return find


_NAMED = {group: _named(group) for group in ("community", "team", "agency")}


def _union(querysets: Iterator[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    """(rule, person) of all, each pair once."""
    first, *others = [rows.order_by().values_list("by_rule", "who") for rows in querysets]
    return first.union(*others)
