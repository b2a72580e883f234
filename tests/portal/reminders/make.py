"""A kind of reminder to play with: an agency's people are told, of the agency."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from portal.notices.kinds import Category, NoticeKind
from portal.people.models import User
from portal.recurrence import Recurrence
from portal.reminders.kinds import ReminderKind
from portal.reminders.models import Rule

NEW_YORK = "America/New_York"


def at(text: str) -> datetime:
    """An instant, written in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class TimeToReflect(NoticeKind):
    kind = "test.time_to_reflect"
    title = "Time to reflect"
    category = Category.SESSIONS
    template = "communities/emails/membership_welcome"

    @classmethod
    def context(cls, notice, subject):
        return super().context(notice, subject) | {"community": subject}


class Reflections(ReminderKind):
    kind = "test.reflections"
    title = "Team reflection"
    notice = TimeToReflect
    called_off: set[datetime] = set()

    @classmethod
    def subject(cls, rule, occurrence):
        from portal.agencies.models import Agency

        return None if occurrence.wall in cls.called_off else Agency.objects.get(pk=rule.owner_id)

    @classmethod
    def recipients(cls, rules, at, subjects=None):
        from portal.agencies.models import Position

        theirs = rules.filter(owner_id=OuterRef("agency")).values("pk")[:1]
        current = Position.objects.filter(
            agency__in=rules.values("owner_id"), person__is_active=True
        )
        return current.annotate(rule=Subquery(theirs)).values_list("rule", "person")

    @classmethod
    def audience(cls, rule, occurrence):
        return User.objects.filter(positions__agency=rule.owner_id, is_active=True).distinct()


def recurrence(
    rrule: str = "FREQ=WEEKLY;BYDAY=FR", starts: str = "2026-10-02 15:00", zone: str = NEW_YORK
) -> Recurrence:
    return Recurrence(rrule, datetime.fromisoformat(starts), zone)


def rule(owner: Any, when: str = "2026-10-01 12:00", **fields: Any) -> Rule:
    """Fridays at 15:00 in New York (19:00Z, 20:00Z from November), an hour ahead."""
    fields.setdefault("recurrence", recurrence())
    fields.setdefault("minutes_before", 60)
    return Rule.plan_for(owner, kind=Reflections.kind, at=at(when), **fields)
