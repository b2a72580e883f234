"""The demo's rhythms meet life: a place with holidays, hosts in turn, a session moved by hand."""

from datetime import datetime, timedelta

from communities.models import Series, set_by_hand, take_turns
from communities.planning import replan
from communities.schedule import OnHolidays
from portal.agencies.models import Agency
from portal.home.demo.people import everyone
from portal.recurrence import wall_time


def load(agency: Agency, now: datetime) -> None:
    """Fridays go on around holidays with two hosts; the circle's next but one meets a day later."""
    people = everyone()
    agency.country, agency.subdivision = "US", "MO"
    agency.save(update_fields=["country", "subdivision"])
    fridays = Series.objects.get(title="Friday practice", community__agency=agency)
    tuesdays = Series.objects.get(title="Second Tuesday", community__agency=agency)
    for series, rule in (
        (fridays, OnHolidays.SKIP),
        (tuesdays, OnHolidays.NEXT_WORKING_DAY),
    ):
        Series.objects.filter(pk=series.pk).update(on_holidays=rule)
        series.refresh_from_db()
        replan(series, by=None, at=now)
    take_turns(fridays, [people["Linh"], people["Ruth"]], by=people["Linh"], at=now)
    session = tuesdays.sessions.filter(starts_at__gt=now)[1]
    set_by_hand(
        session,
        starts=wall_time(session.starts_at, tuesdays.time_zone) + timedelta(days=1),
        minutes=session.minutes,
        host=session.host,
        by=people["Samuel"],
        at=now,
    )
