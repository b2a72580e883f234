"""What practice reminds of: goals, reviews and experiments that come due, and little feedback."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from communities.coming_back import ComingBack, day_at
from communities.rhythm import Rhythm
from communities.routines import RoutineKind
from communities.supervision_week import Part, part
from fidelity.models import Experiment, Feedback, FocusGoal, Review
from fidelity.notices import ExperimentDue, FewContacts, GoalDue, ReviewDue, ReviewOverdue
from portal.agencies.models import Position, Role, Supervision
from portal.agencies.models.supervision import SupervisionQuerySet
from portal.people.models import User
from portal.reminders.kinds import register

HALF_A_YEAR = timedelta(days=182)
ENOUGH = 3  # feedback contacts in half a year


def with_few_contacts(at: datetime) -> SupervisionQuerySet:
    """Relations to people who have been here for half a year, and were given written feedback
    fewer than three times in it."""
    given = Feedback.objects.filter(
        review__subject=OuterRef("supervisee"),
        written_at__gt=at - HALF_A_YEAR,
        written_at__lte=at,
    )
    counted = given.order_by().values("review__subject").annotate(n=Count("pk")).values("n")
    here_long = Supervision.objects.current(at).filter(
        supervisee__is_active=True, supervisee__joined_at__lte=at - HALF_A_YEAR
    )
    return here_long.alias(contacts=Subquery(counted)).filter(
        Q(contacts=None) | Q(contacts__lt=ENOUGH)
    )


@register
class FewFeedbackContacts(RoutineKind):
    """Whoever supervises or coaches somebody who was given little feedback."""

    kind = "feedback.few"
    title = _("Few feedback contacts")
    lead = _(
        "Whoever supervises or coaches someone with fewer than three feedback contacts in six"
        " months. It names nobody."
    )
    notice = FewContacts
    roles = (Role.SUPERVISOR, Role.COACH)
    usual = (Rhythm("first", ("MO",)), time(9))

    @classmethod
    def narrow(cls, rows: QuerySet[Any, Any], at: datetime) -> QuerySet[Any, Any]:
        return rows.filter(Exists(with_few_contacts(at).filter(supervisor=OuterRef("who"))))


@register
class GoalsDue(ComingBack):
    """The two of a goal, on the day that they agreed to look at it."""

    kind = "goals.due"
    title = _("A focus goal comes back")
    lead = _("On the day that they agreed on, the person and whoever looks at the goal with them.")
    notice = GoalDue

    @classmethod
    def things(cls, at: datetime) -> QuerySet[Any, Any]:
        theirs = Q(person=OuterRef("who")) | Q(reviewer=OuterRef("who"))
        return FocusGoal.objects.open().filter(theirs, _works_there(at), agreed_at__isnull=False)


@register
class ReviewsDue(ComingBack):
    """The reviewer to whom a sampling plan gave a review, two days before it is to be done."""

    kind = "reviews.due"
    title = _("A review is due soon")
    lead = _("Two days before, whoever was given the review and has not submitted it.")
    notice = ReviewDue
    ahead = timedelta(days=2)

    @classmethod
    def things(cls, at: datetime) -> QuerySet[Any, Any]:
        return _assigned(at)


@register
class ReviewsOverdue(RoutineKind):
    """The reviewer who has not submitted it, each week until they do."""

    kind = "reviews.overdue"
    title = _("A review is overdue")
    lead = _("Each time, whoever was given a review whose day has passed. It names nobody.")
    notice = ReviewOverdue
    usual = (Rhythm("weekly", ("TH",)), time(8))

    @classmethod
    def narrow(cls, rows: QuerySet[Any, Any], at: datetime) -> QuerySet[Any, Any]:
        overdue = _assigned(at).filter(due_on__lt=OuterRef("on"))
        return rows.annotate(on=day_at(at)).filter(Exists(overdue))


@register
class ExperimentsDue(ComingBack):
    """Who can decide on a trial whose last day has come: who leads the team, and whoever began it
    and still belongs to it; for a whole programme, its admins once whoever began it has left."""

    kind = "experiments.due"
    title = _("An experiment has run its time")
    lead = _("On its last day, whoever leads the team and whoever began it.")
    notice = ExperimentDue
    day = "ends_on"

    @classmethod
    def things(cls, at: datetime) -> QuerySet[Any, Any]:
        there = {"agency": OuterRef("agency")}
        starts_there = Position.objects.current(at).filter(person=OuterRef("started_by"), **there)
        belongs = Supervision.objects.current(at).filter(
            supervisor=OuterRef("lead"), supervisee=OuterRef("started_by"), **there
        )
        administers = Position.objects.current(at).filter(
            person=OuterRef(OuterRef("who")), role=Role.ADMIN, **there
        )
        theirs = (
            Q(lead=OuterRef("who"))
            | Q(Q(lead=None) | Exists(belongs), started_by=OuterRef("who"))
            | Q(~Exists(starts_there), Exists(administers), lead=None)
        )
        return Experiment.objects.under_way().filter(theirs, _works_there(at))


def _assigned(at: datetime) -> QuerySet[Any, Any]:
    """Reviews that a plan gave to `who` of a row, and that wait."""
    return Review.objects.filter(
        _works_there(at), reviewer=OuterRef("who"), submitted_at=None, due_on__isnull=False
    )


def _works_there(at: datetime) -> Exists:
    """Whether `who` of a row still works at the agency of a thing."""
    return Exists(
        Position.objects.current(at).filter(
            person=OuterRef(OuterRef("who")), agency=OuterRef("agency")
        )
    )


@part
class FewContactsInTheWeek(Part):
    @classmethod
    def exists(cls, at: datetime) -> Exists:
        return Exists(with_few_contacts(at).filter(supervisor=OuterRef("who")))

    @classmethod
    def sentence(cls, person: User, at: datetime) -> str:
        few = with_few_contacts(at).filter(supervisor=person)
        if n := few.values("supervisee").distinct().count():
            return ngettext(
                "%(n)d person you work with had fewer than three feedback contacts in six months.",
                "%(n)d people you work with had fewer than three feedback contacts in six months.",
                n,
            ) % {"n": n}
        return ""
