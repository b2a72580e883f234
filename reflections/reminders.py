"""What the journal reminds of. Rooms point one way: communities offer routines, and who has
reflected or answered already is left out here, where it is known."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import (
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from communities.rhythm import Rhythm
from communities.routines import RoutineKind
from communities.supervision_week import Part, part
from portal.agencies.models import Role, Supervision
from portal.people.models import User
from portal.reminders.kinds import register
from reflections.models import Reflection, Response, Share
from reflections.notices import AnswersWaiting, TimeToReflect

PATIENCE = timedelta(days=2)  # before a shared reflection counts as waiting


@register
class TeamReflection(RoutineKind):
    """Time for the team to reflect. Whoever kept a reflection in this period is left in peace."""

    kind = "reflection.time"
    title = _("Time to reflect")
    lead = _(
        "Whoever kept a reflection since the time before hears nothing. You don’t see who did."
    )
    notice = TimeToReflect

    @classmethod
    def narrow(cls, rows: QuerySet[Any, Any], at: datetime) -> QuerySet[Any, Any]:
        days = ExpressionWrapper(
            OuterRef("period") * Value(timedelta(days=1)), output_field=DurationField()
        )
        since = ExpressionWrapper(Value(at) - days, output_field=DateTimeField())
        return rows.exclude(
            Exists(Reflection.objects.filter(author=OuterRef("who"), kept_at__gt=since))
        )


@register
class Answering(RoutineKind):
    """Supervisors and coaches with whom a reflection was shared, days ago, and who said nothing."""

    kind = "reflections.waiting"
    title = _("A shared reflection waits for an answer")
    lead = _(
        "Whoever got a shared reflection two days ago and has not answered. Never what it says."
    )
    notice = AnswersWaiting
    roles = (Role.SUPERVISOR, Role.COACH)
    usual = (Rhythm("weekly", ("TU", "FR")), time(9))

    @classmethod
    def narrow(cls, rows: QuerySet[Any, Any], at: datetime) -> QuerySet[Any, Any]:
        return rows.filter(unanswered(at - PATIENCE))


def unanswered(until: datetime) -> Exists:
    """Whether a reflection waits for `who` of a row since `until` or before.

    As `Reflection.objects.awaiting_answer` has it, for many people at once.
    """
    thread = Response.objects.filter(reflection=OuterRef("reflection"), reader=OuterRef("person"))
    last = thread.order_by("-at", "-pk")
    supervised = Supervision.objects.current().filter(
        supervisor=OuterRef("person"), supervisee=OuterRef("reflection__author")
    )
    waiting = (
        Share.objects.filter(Exists(supervised), person=OuterRef("who"), at__lte=until)
        .filter(reflection__kept_at__isnull=False, reflection__removal=None)
        .alias(last_by=Subquery(last.values("by")[:1]), last_at=Subquery(last.values("at")[:1]))
        .filter(Q(last_by=None) | (~Q(last_by=OuterRef("who")) & Q(last_at__lte=until)))
    )
    return Exists(waiting)


@part
class Unanswered(Part):
    """Reflections that were shared with them and wait."""

    @classmethod
    def exists(cls, at: datetime) -> Exists:
        return unanswered(at)

    @classmethod
    def sentence(cls, person: User, at: datetime) -> str:
        if n := Reflection.count_awaiting_answer(person):
            return ngettext(
                "%(n)d reflection that was shared with you waits for an answer.",
                "%(n)d reflections that were shared with you wait for an answer.",
                n,
            ) % {"n": n}
        return ""
