"""What communities remind of. A series' rules follow its sessions: communities.planning plans them,
looks again when a session moves or is called off, and ends them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as hour
from typing import Any, ClassVar

from django.db.models import Exists, F, Model, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from communities.coming_back import ComingBack
from communities.models import (
    Attendance,
    Commitment,
    Membership,
    Rsvp,
    Series,
    Session,
    Taking,
)
from communities.notices import CommitmentsDue, SessionReminder, SupervisionWeek, WhatWillYouTry
from communities.planning import AFTER, DAY_BEFORE, REMINDER, TWO_DAYS_BEFORE
from communities.rhythm import Rhythm
from communities.routines import RoutineKind
from communities.supervision_week import has_any
from portal.agencies.models import Role
from portal.notices.kinds import NoticeKind
from portal.people.models import User
from portal.recurrence import Occurrence as Time
from portal.recurrence import instant, wall_time
from portal.reminders.kinds import LOOK_AHEAD, WIDEST_SHIFT, Due, ReminderKind, register
from portal.reminders.models import Occurrence, Rule

Times = Mapping[int, list[list[Any]]]  # by series: day, time, start, and what the rule counts from
FOREVER = datetime.max.replace(tzinfo=UTC)


def _goes_on(times: list[list[Any]], rule: Rule, after: datetime) -> bool:
    """Whether the rule surely speaks again after an instant."""
    offset = timedelta(minutes=rule.offset_minutes)
    return bool(times) and times[-1][-1] + offset > after + WIDEST_SHIFT


@dataclass(frozen=True)
class Known:
    """The sessions of a rule's series, read for many rules at once."""

    after: datetime
    before: datetime
    times: list[list[Any]]

    def covers(self, after: datetime, before: datetime) -> bool:
        return self.after <= after and before <= self.before


class BeforeSession(ReminderKind):
    """Tells whoever is a member when the reminder comes due, and has not said that they cannot."""

    notice: ClassVar[type[NoticeKind]] = SessionReminder
    counts_from: ClassVar[str] = "starts_at"  # the column of a session

    @classmethod
    def occurrences(cls, rule: Rule, after: datetime, before: datetime) -> Iterable[Due]:
        """Around the sessions as they stand: moved ones at their time, none for those called off
        and for holidays."""
        known: Known | None = getattr(rule, "known_sessions", None)
        if known is None or not known.covers(after, before):
            yield from cls.occurrences_of([rule], after, before)[rule.pk]
            return
        yield from cls._dues(rule, known.times, after, before)

    @classmethod
    def occurrences_of(
        cls, rules: Sequence[Rule], after: datetime, before: datetime
    ) -> Mapping[int, list[Due]]:
        times = cls._times(rules, after, before)
        return {
            rule.pk: list(cls._dues(rule, times[rule.owner_id], after, before)) for rule in rules
        }

    @classmethod
    def gather(cls, rules: Sequence[Rule], until: datetime) -> None:
        """The sessions around now; of a series that has none after it, all that will come."""
        after = min(rule.settled_until for rule in rules)
        soon = until + LOOK_AHEAD[0]
        near = cls._times(rules, after, soon)
        far = [rule for rule in rules if not _goes_on(near[rule.owner_id], rule, until)]
        for rule in rules:
            rule.known_sessions = Known(after, soon, near[rule.owner_id])  # type: ignore[attr-defined]
        later = cls._times(far, after, FOREVER) if far else {}
        for rule in far:
            rule.known_sessions = Known(after, FOREVER, later[rule.owner_id])  # type: ignore[attr-defined]

    @classmethod
    def _times(cls, rules: Sequence[Rule], after: datetime, before: datetime) -> Times:
        """The sessions of each series that these rules may speak of, in order."""
        offsets = [timedelta(minutes=rule.offset_minutes) for rule in rules]
        first = after - max(offsets) - WIDEST_SHIFT
        last = FOREVER if before == FOREVER else before - min(offsets) + WIDEST_SHIFT
        rows = (
            Session.objects.standing()
            .filter(series__in=[rule.owner_id for rule in rules])
            .filter(**{f"{cls.counts_from}__range": (first, last)})
            .order_by(cls.counts_from, "pk")
        )
        times = defaultdict(list)
        for series, *when in rows.values_list(
            "series", "original_day", "original_time", "starts_at", F(cls.counts_from)
        ):
            times[series].append(when)
        return times

    @classmethod
    def _dues(
        cls, rule: Rule, times: list[list[Any]], after: datetime, before: datetime
    ) -> Iterator[Due]:
        for day, time, starts_at, counts_from in times:
            wall = datetime.combine(day, time)
            due_at = cls._due_at(rule, wall, counts_from)
            if after <= due_at < before:
                yield Due(wall, starts_at, due_at)

    @classmethod
    def _due_at(cls, rule: Rule, wall: datetime, counts_from: datetime) -> datetime:
        shown = wall
        if counts_from != instant(wall, rule.zone):
            shown = wall_time(counts_from, rule.zone)
        return rule.shifted(Time(shown, counts_from))

    @classmethod
    def subject(cls, rule: Rule, occurrence: Occurrence) -> Model | None:
        """The session of that day; None when it was called off or has begun at another time."""
        return cls.subjects([(rule, occurrence)]).get(rule.pk)

    @classmethod
    def subjects(cls, due: Sequence[tuple[Rule, Occurrence]]) -> Mapping[int, Model | None]:
        wanted = {
            (rule.owner_id, occurrence.wall.date(), occurrence.starts_at): rule.pk
            for rule, occurrence in due
        }
        standing = Session.objects.standing().filter(
            series__in={rule.owner_id for rule, _occurrence in due},
            starts_at__in={occurrence.starts_at for _rule, occurrence in due},
        )
        found: dict[int, Model | None] = {}
        for session in standing:
            key = (session.series_id, session.original_day, session.starts_at)
            if key in wanted:
                found[wanted[key]] = session
        return found

    @classmethod
    def recipients(
        cls, rules: QuerySet[Rule], at: datetime, subjects: Mapping[int, int] | None = None
    ) -> QuerySet[Any, Any]:
        """A series has one rule of this kind, and a rule speaks of one session: so neither is to
        be looked for but by the other."""
        series, sessions = "community__series", "community__series__sessions"
        reached: dict[str, Any] = {f"{series}__in": rules.values("owner_id")}
        if subjects is not None:
            reached[f"{sessions}__in"] = sorted(subjects.values())
        rows: QuerySet[Any, Any] = Membership.objects.admitted(at).filter(**reached)
        rows = rows.annotate(which=F(series))
        if subjects is not None:
            rows = cls.narrow(rows.annotate(session=F(sessions)))
        owner = {"owner_type": Series._meta.label_lower, "owner_id": OuterRef("which")}
        by_rule = rules.filter(**owner, kind=cls.kind).values("pk")[:1]
        return rows.annotate(by_rule=Subquery(by_rule)).order_by().values_list("by_rule", "person")

    @classmethod
    def narrow(cls, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        """Without the members who need no reminder of the row's session."""
        declined = Rsvp.objects.declined().filter(
            session=OuterRef("session"), person=OuterRef("person")
        )
        return rows.exclude(Exists(declined))

    @classmethod
    def audience(cls, rule: Rule, occurrence: Occurrence) -> QuerySet[User]:
        session = cls.subject(rule, occurrence)
        if session is None:
            return User.objects.none()
        rules = Rule.objects.filter(pk=rule.pk)
        told = cls.recipients(rules, occurrence.due_at, {rule.pk: session.pk})
        return User.objects.filter(pk__in=told.values("person"))


@register
class BeforeSessionSoon(BeforeSession):
    kind = REMINDER
    title = _("Shortly before each session")


@register
class BeforeSessionTomorrow(BeforeSession):
    kind = DAY_BEFORE
    title = _("A day before each session")


@register
class BeforeSessionByDays(BeforeSession):
    kind = TWO_DAYS_BEFORE
    title = _("Two days before each session")


@register
class AfterSession(BeforeSession):
    """Asks who was there what they will try, unless they have said so."""

    kind = AFTER
    title = _("After each session")
    notice = WhatWillYouTry

    counts_from = "ends_at"

    @classmethod
    def _due_at(cls, rule: Rule, wall: datetime, counts_from: datetime) -> datetime:
        return counts_from + timedelta(minutes=rule.offset_minutes)

    @classmethod
    def narrow(cls, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        theirs = {"session": OuterRef("session")}
        absent = Attendance.objects.filter(**theirs, person=OuterRef("person"), came=False)
        said = Taking.objects.filter(**theirs, commitment__person=OuterRef("person"))
        return super().narrow(rows).exclude(Exists(absent)).exclude(Exists(said))

    @classmethod
    def expires_at(cls, rule: Rule, occurrence: Occurrence) -> datetime | None:
        return occurrence.due_at + timedelta(days=3)


@register
class TryingAgain(ComingBack):
    """Everyone for whom a commitment comes back on that day, on their own calendar."""

    kind = "commitments.due"
    title = _("What people meant to try comes back")
    lead = _(
        "On the day that they chose, whoever has a commitment hears of it. Nobody else sees it."
    )
    notice = CommitmentsDue

    @classmethod
    def things(cls, at: datetime) -> QuerySet[Any, Any]:
        return Commitment.objects.open().filter(person=OuterRef("who"))


@register
class SupervisorsWeek(RoutineKind):
    """Supervisors and coaches for whom the week holds something."""

    kind = "supervision.week"
    title = _("The week of supervisors and coaches")
    lead = _("Numbers of what waits and what comes. Whoever has nothing hears nothing.")
    notice = SupervisionWeek
    roles = (Role.SUPERVISOR, Role.COACH)
    usual = (Rhythm("weekly", ("MO",)), hour(8))

    @classmethod
    def narrow(cls, rows: QuerySet[Any, Any], at: datetime) -> QuerySet[Any, Any]:
        return rows.filter(has_any(at))
