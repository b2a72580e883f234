"""Observed-feedback contacts: somebody watched or heard practice, and the person was told."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Count, QuerySet
from django.utils import timezone

from fidelity.models import Release, Source
from portal.prepared import prepared

# Three to four contacts over six months sustain a skill, fewer let it erode (Schwalbe and
# others, a meta-analysis of 21 papers): domain.md, "Feedback that works".
ENOUGH = 3
MONTHS = 6
OBSERVED = (Source.OBSERVATION.value, Source.RECORDING.value)


def since(at: datetime | None = None) -> datetime:
    """Where the rolling window begins."""
    return (at or timezone.now()) - relativedelta(months=MONTHS)


def contacts_of(people: Iterable[int], at: datetime | None = None) -> dict[int, int]:
    """How many each of `people` had in the six months before `at`, whoever gave it. One query."""
    end = at or timezone.now()
    asked = sorted(people)
    return dict.fromkeys(asked, 0) | dict(_counted(asked, since(end), end))


@prepared
def _counted(people: list[int], begin: datetime, end: datetime) -> QuerySet[Any, Any]:
    told = Release.objects.filter(
        review__subject__in=people, review__source__in=OBSERVED, at__gt=begin, at__lte=end
    )
    counted = told.values("review__subject").annotate(n=Count("pk")).order_by()
    return counted.values_list("review__subject", "n")
