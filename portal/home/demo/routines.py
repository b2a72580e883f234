"""The demo's groups keep time to reflect, and nobody is nudged twice."""

from datetime import datetime, time, timedelta

from communities.models import Community, Routine
from communities.rhythm import Rhythm
from communities.routines import set_up_the_usual
from portal.agencies.models import Agency
from portal.home.demo.people import everyone
from portal.notices.models import Leave, QuietHours


def load(agency: Agency, now: datetime) -> None:
    """Ruth's team reflects every second Friday at three; a circle on each person's own clock. One
    of them is away next month, and Linh wants weekends without mail."""
    people = everyone()
    set_up_the_usual(now)
    today = agency.day_of(now)
    Routine.begin(
        kind="reflection.time",
        agency=agency,
        team_of=people["Ruth"],
        rhythm=Rhythm("fortnightly", ("FR",)),
        starts_on=today - timedelta(days=28),
        local_time=time(15),
        time_zone=agency.time_zone,
        by=people["Ruth"],
        at=now,
    )
    circle = Community.objects.filter(agency=agency).order_by("pk").first()
    if circle is not None:
        own = Routine.begin(
            kind="reflection.time",
            agency=agency,
            community=circle,
            rhythm=Rhythm("first", ("MO",)),
            starts_on=today,
            local_time=time(9),
            by=people["Marisol"],
            at=now,
        )
        own.snooze(today + timedelta(days=10), by=people["Marisol"], at=now)
    Leave.objects.create(
        person=people["Teo"],
        first_day=today + timedelta(days=30),
        last_day=today + timedelta(days=37),
    )
    QuietHours.objects.create(person=people["Linh"], weekdays=[5, 6])
