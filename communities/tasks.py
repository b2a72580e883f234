"""What the worker does for communities."""

import logging

from celery import shared_task

from communities.models import Series

log = logging.getLogger(__name__)


@shared_task(name="communities.plan_ahead")
def plan_ahead() -> None:
    """Keep sessions written a horizon ahead. One series that cannot be planned stops no other."""
    for series in Series.objects.running().filter(community__closure=None):
        try:
            series.plan_ahead()
        except Exception:
            log.exception("communities.series_not_planned", extra={"series": series.pk})
