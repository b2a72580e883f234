"""What an agency's days off change: the sessions of its communities."""

from django.utils import timezone

from communities.models import Series
from communities.notices import SeriesChanged
from communities.schedule import OnHolidays
from portal.agencies.days_off import on_days_off_changed
from portal.agencies.models import Agency
from portal.people.models import User


@on_days_off_changed
def plan_around_them(agency: Agency, by: User | None) -> None:
    """Sessions to come keep to the new days off; members hear once of each series that changed."""
    at = timezone.now()
    running = Series.objects.running().filter(community__agency=agency, community__closure=None)
    for series in running.exclude(on_holidays=OnHolidays.KEEP).select_related("community__agency"):
        if series.replan(by=by, at=at):
            SeriesChanged.tell_anew(series.community.members(at), about=series, due_at=at)
