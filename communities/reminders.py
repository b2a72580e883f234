"""What communities remind of. A series' rules follow its sessions: communities.planning plans them,
looks again when a session moves or is called off, and ends them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from communities.models import Rsvp, Series, Session
from communities.notices import SessionReminder
from communities.planning import DAY_BEFORE, REMINDER
from portal.people.models import User
from portal.recurrence import Occurrence as Time
from portal.recurrence import instant, wall_time
from portal.reminders.kinds import WIDEST_SHIFT, Due, ReminderKind, register
from portal.reminders.models import Occurrence, Rule


class BeforeSession(ReminderKind):
    """Tells whoever is a member when the reminder comes due, and has not said that they cannot."""

    notice = SessionReminder

    @classmethod
    def occurrences(cls, rule: Rule, after: datetime, before: datetime) -> Iterable[Due]:
        """Before the sessions as they stand: moved ones at their time, none for those called off
        and for holidays."""
        offset = timedelta(minutes=rule.offset_minutes)
        rows = (
            Session.objects.standing()
            .filter(
                series=rule.owner_id,
                starts_at__range=(after - offset - WIDEST_SHIFT, before - offset + WIDEST_SHIFT),
            )
            .order_by("starts_at", "pk")
        )
        for day, time, starts_at in rows.values_list("original_day", "original_time", "starts_at"):
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
