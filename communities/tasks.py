"""What the worker does for communities."""

import logging

from celery import shared_task

from communities.inviting import invite_all
from communities.lapses import end_lapsed, tell_of_absent_hosts
from communities.models import Post, Reply, Resource, Series
from communities.models import follow_up as follow_up_now
from communities.models.follow_up import thin_out_notes
from communities.models.series import SeriesQuerySet
from communities.routines import follow_the_clocks, set_up_the_usual
from portal.web.uploads import forget_half_uploads

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


@shared_task(name="communities.follow_up")
def follow_up() -> None:
    """Send summaries that are due, and ask hosts for what is missing: each once a session."""
    follow_up_now()


@shared_task(name="communities.thin_out_notes")
def thin_out() -> None:
    """Of notes that nobody writes on any more, forget the saves between sittings."""
    thin_out_notes()


@shared_task(name="communities.end_lapsed")
def end_lapsed_memberships() -> None:
    """End memberships whose ground is gone, and tell of hosts who cannot sign in."""
    end_lapsed()
    tell_of_absent_hosts()


@shared_task(name="communities.forget_removed")
def forget_removed() -> None:
    """Delete for good what was taken back a while ago, and uploads that never arrived."""
    for model in (Post, Reply, Resource):
        model.forget()
    forget_half_uploads()


@shared_task(name="communities.keep_routines")
def keep_routines() -> None:
    set_up_the_usual()
    follow_the_clocks()
