"""What the worker does for communities."""

import logging

from celery import shared_task

from communities.inviting import invite_all
from communities.models import Series
from communities.models.series import SeriesQuerySet

log = logging.getLogger(__name__)


def _to_plan() -> SeriesQuerySet:
    running = Series.objects.running().filter(community__closure=None)
    return running.select_related("community__agency", "host")


@shared_task(name="communities.plan_ahead")
def plan_ahead() -> None:
    """Keep sessions written a horizon ahead. One series that cannot be planned stops no other."""
    for series in _to_plan():
        try:
            series.plan_ahead()
        except Exception:
            log.exception("communities.series_not_planned", extra={"series": series.pk})


@shared_task(name="communities.invite")
def invite() -> None:
    """Mail to calendars what changed since they were told."""
    invite_all()
