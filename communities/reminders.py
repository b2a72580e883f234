"""What communities remind of. A series' rules follow its own recurrence: communities.models.series
plans and ends them."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from communities.models import Series, Session
from communities.models.series import DAY_BEFORE, REMINDER
from communities.notices import SessionReminder
from portal.people.models import User
from portal.reminders.kinds import ReminderKind, register
from portal.reminders.models import Occurrence, Rule


class BeforeSession(ReminderKind):
    """Tells whoever is a member when the reminder comes due."""

    notice = SessionReminder

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
        return series.community.members(occurrence.due_at) if series else User.objects.none()


@register
class BeforeSessionSoon(BeforeSession):
    kind = REMINDER
    title = _("Shortly before each session")


@register
class BeforeSessionTomorrow(BeforeSession):
    kind = DAY_BEFORE
    title = _("A day before each session")
