"""What practice reminds of. Reviews that come due, and goals, register here when they stand."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from communities.rhythm import Rhythm
from communities.routines import RoutineKind
from communities.supervision_week import Part, part
from fidelity.models import Feedback
from fidelity.notices import FewContacts
from portal.agencies.models import Role, Supervision
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
