"""What communities remind of. A series' rules follow its sessions: communities.planning plans them,
looks again when a session moves or is called off, and ends them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from datetime import time as hour
from typing import Any, ClassVar

from django.db.models import OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from communities.coming_back import ComingBack
from communities.models import Attendance, Commitment, Rsvp, Series, Session, Taking
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
from portal.reminders.kinds import WIDEST_SHIFT, Due, ReminderKind, register
from portal.reminders.models import Occurrence, Rule


class BeforeSession(ReminderKind):
    """Tells whoever is a member when the reminder comes due, and has not said that they cannot."""

    notice: ClassVar[type[NoticeKind]] = SessionReminder

    @classmethod
    def occurrences(cls, rule: Rule, after: datetime, before: datetime) -> Iterable[Due]:
        """Before the sessions as they stand: moved ones at their time, none for those called off
        and for holidays."""
        yield from cls.occurrences_of([rule], after, before)[rule.pk]

    @classmethod
    def occurrences_of(
        cls, rules: Sequence[Rule], after: datetime, before: datetime
    ) -> Mapping[int, list[Due]]:
        offsets = [timedelta(minutes=rule.offset_minutes) for rule in rules]
        first = after - max(offsets) - WIDEST_SHIFT
        last = before - min(offsets) + WIDEST_SHIFT
        rows = (
            Session.objects.standing()
            .filter(series__in=[rule.owner_id for rule in rules], starts_at__range=(first, last))
            .order_by("starts_at", "pk")
        )
        times = defaultdict(list)
        for series, *when in rows.values_list(
            "series", "original_day", "original_time", "starts_at"
        ):
            times[series].append(when)
        return {
            rule.pk: list(cls._dues(rule, times[rule.owner_id], after, before)) for rule in rules
        }

    @classmethod
    def _dues(
        cls, rule: Rule, times: list[list[Any]], after: datetime, before: datetime
    ) -> Iterator[Due]:
        for day, time, starts_at in times:
            wall = datetime.combine(day, time)
            shown = wall
            if starts_at != instant(wall, rule.zone):
                shown = wall_time(starts_at, rule.zone)
            due_at = rule.shifted(Time(shown, starts_at))
            if after <= due_at < before:
                yield Due(wall, starts_at, due_at)

    @classmethod
    def subject(cls, rule: Rule, occurrence: Occurrence) -> Session | None:
        """The session of that day; None when it was called off or has begun at another time."""
        standing = Session.objects.standing().filter(series=rule.owner_id)
        return standing.filter(
            original_day=occurrence.wall.date(), starts_at=occurrence.starts_at
        ).first()

    @classmethod
    def audience(cls, rule: Rule, occurrence: Occurrence) -> QuerySet[User]:
        series = Series.objects.select_related("community").filter(pk=rule.owner_id).first()
        if series is None:
            return User.objects.none()
        day = {"session__series": series, "session__original_day": occurrence.wall.date()}
        declined = Rsvp.objects.declined().filter(**day)
        return series.community.members(occurrence.due_at).exclude(pk__in=declined.values("person"))


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

    @classmethod
    def occurrences(cls, rule: Rule, after: datetime, before: datetime) -> Iterable[Due]:
        """After the sessions as they stand, however long each is."""
        offset = timedelta(minutes=rule.offset_minutes)
        rows = Session.objects.standing().filter(
            series=rule.owner_id, ends_at__gte=after - offset, ends_at__lt=before - offset
        )
        named = rows.order_by("ends_at", "pk").values_list(
            "original_day", "original_time", "starts_at", "ends_at"
        )
        for day, time, starts_at, ends_at in named:
            yield Due(datetime.combine(day, time), starts_at, ends_at + offset)

    @classmethod
    def audience(cls, rule: Rule, occurrence: Occurrence) -> QuerySet[User]:
        session = cls.subject(rule, occurrence)
        absent = Attendance.objects.filter(session=session, came=False).values("person")
        said = Taking.objects.filter(session=session).values("commitment__person")
        people = super().audience(rule, occurrence)
        return people.exclude(pk__in=absent).exclude(pk__in=said)

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
