"""What it costs to change a five-year weekly series from one session on."""

from datetime import datetime, time, timedelta

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from communities.models import Series, Session, continue_from
from communities.planning import HORIZON
from portal.agencies.models import Agency
from tests.bench.table import Figure, Table, in_turn
from tests.communities import make

BEGAN = datetime.fromisoformat("2022-01-03T12:00:00+00:00")
YEARS = timedelta(days=5 * 365)
MEMBERS = 50
LIMIT_MS = 500


def measure(table: Table) -> None:
    """Saving "this and following" on a weekly series: five years written, and one month."""
    table.title("This and following")
    five_years, month = (_weekly(weeks) for weeks in (260, 4))
    taken = in_turn(5, save=lambda: _undone(five_years))["save"]
    table.add(Figure("save, 5 years of sessions", taken * 1000, "ms", LIMIT_MS))
    many, few = _queries(five_years), _queries(month)
    table.add(
        Figure("queries, 5 years of sessions", many, "queries", few, "as many as for a month")
    )


def _weekly(weeks: int) -> Series:
    agency = Agency.objects.order_by("pk").first()
    assert agency
    circle = make.community(agency)
    for person in agency.people()[:MEMBERS]:
        make.membership(person, circle)
    series = make.series(
        circle,
        at=BEGAN,
        starts_on=BEGAN.date(),
        rrule=f"FREQ=WEEKLY;BYDAY=TU;COUNT={weeks}",
        local_time=time(15),
    )
    at = BEGAN
    while at < BEGAN + min(YEARS, timedelta(weeks=weeks)):
        at += HORIZON - timedelta(weeks=1)
        series.plan_ahead(at=at)
    return series


def _undone(series: Series) -> None:
    """The change, from the second session on, on a day before the first; then as if never made."""
    with transaction.atomic():
        session = Session.objects.filter(series=series).order_by("original_day")[1]
        continue_from(session, by=None, at=BEGAN, local_time=time(9))
        transaction.set_rollback(True)


def _queries(series: Series) -> int:
    with CaptureQueriesContext(connection) as captured:
        _undone(series)
    return len(captured)
