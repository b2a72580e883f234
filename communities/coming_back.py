"""What comes back to a person on a day: commitments, goals, reviews, experiments. Each is said
once, on that day of their own calendar; one that stays open is not said again.

    @register
    class GoalsDue(ComingBack):                   # in fidelity/reminders.py
        kind = "goals.due"
        ...
        @classmethod
        def things(cls, at):                      # of `who` of a row
            return FocusGoal.objects....filter(person=OuterRef("who"))
"""

from datetime import datetime, timedelta
from datetime import time as hour
from typing import Any, ClassVar

from django.db.models import (
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    QuerySet,
    Value,
)

from communities.notices.routines import HEARD
from communities.rhythm import WEEKDAYS, Rhythm
from communities.routines import RoutineKind, heard
from portal.notices.models import Notice

LATE = timedelta(days=7)  # after its day, of which an outage kept people from hearing


class ComingBack(RoutineKind):
    """Subclasses name the things of a person, and which of their columns is the day."""

    usual = (Rhythm("weekly", tuple(WEEKDAYS)), hour(8))
    day: ClassVar[str] = "due_on"
    ahead: ClassVar[timedelta] = timedelta(0)  # said so long before the day

    @classmethod
    def things(cls, at: datetime) -> QuerySet[Any, Any]:
        """What is open at an instant, of `who` of a row."""
        raise NotImplementedError

    @classmethod
    def narrow(cls, rows: QuerySet[Any, Any], at: datetime) -> QuerySet[Any, Any]:
        return rows.annotate(on=day_at(at)).filter(Exists(cls._coming_back(at)))

    @classmethod
    def anew(cls, rows: QuerySet[Any, Any], at: datetime) -> QuerySet[Any, Any]:
        told = (
            Notice.objects.standing()
            .filter(kind=cls.notice.kind, recipient=OuterRef(OuterRef("who")), due_at__lte=at)
            .alias(on=_day(OuterRef(OuterRef("zone_of")), F("due_at")))
            .filter(on__gte=OuterRef("back_on"))
        )
        fresh = cls._coming_back(at).filter(~Exists(told))
        return rows.filter(Exists(fresh)).exclude(Exists(heard(cls.notice.kind, at - HEARD, at)))

    @classmethod
    def _coming_back(cls, at: datetime) -> QuerySet[Any, Any]:
        """Back on the row's day, or on one of the days before."""
        things = cls.things(at).annotate(back_on=_earlier(F(cls.day), cls.ahead))
        return things.filter(
            back_on__lte=OuterRef("on"), back_on__gt=_earlier(OuterRef("on"), LATE)
        )


def day_at(at: datetime) -> Func:
    """The day that the calendar of a row's person shows."""
    return _day(F("zone_of"), Value(at))


def _earlier(day: F | OuterRef, by: timedelta) -> ExpressionWrapper:
    return ExpressionWrapper(day - Value(by), output_field=DateField())


def _day(zone: F | OuterRef, at: F | Value) -> Func:
    """The day that a zone's calendar shows at an instant."""
    return Func(zone, at, template="(timezone(%(expressions)s))::date", output_field=DateField())
