"""That someone reflected in a month, where their agency's policy shows it: yes or not yet. Never
what, how much, or when."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import CharField, Exists, F, OuterRef, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from portal.agencies.models import Supervision
from portal.people.models import User
from reflections.models import Reflection


class Seen(NamedTuple):
    """One person in one agency."""

    agency: str
    name: str
    reflected: bool


def who_reflected(supervisor: User, month: date) -> list[Seen]:
    """Whom the person supervises in an agency that shows it, by name. One query.

    `month`: its first day, by the supervisor's clock. What was kept before the policy began, or
    before they supervised, does not count.
    """
    start, end = _instant(month), _instant(next_month(month))
    kept = Reflection.objects.kept().filter(
        author=OuterRef("supervisee"),
        agency=OuterRef("agency"),
        kept_at__gte=OuterRef("since"),
        kept_at__range=(start, end - timedelta(microseconds=1)),
    )
    supervisions = (
        Supervision.objects.current()
        .filter(supervisor=supervisor, kind=Supervision.Kind.SUPERVISES)
        .filter(supervisee__is_active=True)
        # In one call: in two, each would mean another showing of the agency.
        .filter(agency__showings__until=None, agency__showings__since__lt=end)
        .annotate(shown_since=F("agency__showings__since"))
        .annotate(reflected=Exists(kept.filter(kept_at__gte=OuterRef("shown_since"))))
        .annotate(
            who=Coalesce(
                NullIf("supervisee__name", Value("")), "supervisee__email", output_field=CharField()
            )
        )
    )
    rows = supervisions.order_by("agency__name", "who", "pk")
    return [Seen(*row) for row in rows.values_list("agency__name", "who", "reflected")]


def first_of_month(at: datetime | None = None) -> date:
    """The first day of this month by the reader's clock."""
    return timezone.localdate(at).replace(day=1)


def next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _instant(day: date) -> datetime:
    midnight = datetime.combine(day, datetime.min.time())
    return timezone.make_aware(midnight, timezone.get_current_timezone())
