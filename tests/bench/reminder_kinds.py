"""What the bench reminds of: an agency's people, of the agency, each second Friday or so."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model, OuterRef, QuerySet, Subquery

from portal.agencies.models import Agency, Position
from portal.notices import kinds as notice_kinds
from portal.notices.kinds import Category, NoticeKind
from portal.people.models import User
from portal.reminders import kinds as reminder_kinds
from portal.reminders.kinds import ReminderKind
from portal.reminders.models import Occurrence, Rule


@notice_kinds.register
class Time(NoticeKind):
    kind = "bench.time"
    title = "Time to reflect"
    category = Category.SESSIONS
    template = "communities/emails/membership_welcome"


@reminder_kinds.register
class Team(ReminderKind):
    kind = "bench.team"
    title = "Team reflection"
    notice = Time

    @classmethod
    def subjects(cls, due: Sequence[tuple[Rule, Occurrence]]) -> Mapping[int, Model | None]:
        there = Agency.objects.in_bulk([rule.owner_id for rule, _o in due])
        return {rule.pk: there.get(rule.owner_id) for rule, _o in due}

    @classmethod
    def recipients(
        cls, rules: QuerySet[Rule], at: datetime, subjects: Mapping[int, int] | None = None
    ) -> QuerySet[Any, Any]:
        theirs = rules.filter(owner_type="agencies.agency", owner_id=OuterRef("agency"))
        return (
            Position.objects.current(at)
            .filter(agency__in=rules.values("owner_id"), person__is_active=True)
            .annotate(rule=Subquery(theirs.values("pk")[:1]))
            .values_list("rule", "person")
            .distinct()
        )

    @classmethod
    def audience(cls, rule: Rule, occurrence: Occurrence) -> QuerySet[User]:
        return User.objects.filter(positions__agency=rule.owner_id).distinct()
