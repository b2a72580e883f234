"""A calendar feed of 2,000 events: read anew, and asked for by one who has it already.

What a matching ETag may take covers everything that the feed does: whose address it is, what they
may see now, whether anything changed. It leaves out what every answer takes before a view is
asked (the middleware, routing, the test client), measured in turn by a view that does nothing.
"""

import statistics
import time
from datetime import date, datetime, timedelta

from django.db import connection
from django.test import Client
from django.utils import timezone

from communities.calendar.document import zone_lines
from communities.models import Cancellation, Series, Session
from portal.people.models import FeedToken, User
from tests import make as make_people
from tests.bench.table import Figure, Table, in_turn
from tests.communities import make

SERIES, EVENTS = 8, 2000  # five years of weekly sessions in each
COLD_MS, SAME_MS = 300, 5  # issue 3
ROUNDS = 15
NOTHING = "/bench/nothing"


def measure(table: Table) -> None:
    """Milliseconds at the median: a series as its rule with one session in 20 apart, and the worst
    there can be, in which no session is on its rule."""
    table.title(f"A feed of {EVENTS:,} events")
    reader = a_member()
    url = f"/communities/calendar/{FeedToken.issue(reader)}.ics"
    one_feed(table, "1 in 20 apart", url)
    Series.objects.filter(community__memberships__person=reader).update(
        starts_on=date(2000, 1, 1), rrule="FREQ=YEARLY", changed_at=timezone.now()
    )
    move_all(reader)
    one_feed(table, "each on its own", url)


def one_feed(table: Table, words: str, url: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as autovacuum does by itself
    answer = Client().get(url)
    tag, size = answer.headers["ETag"], len(answer.content) / 1024
    note = f"{size:.0f} KB, {answer.content.count(b'BEGIN:VEVENT')} VEVENTs"
    table.add(Figure(f"feed, {words}, cold", milliseconds(url), "ms", COLD_MS, note))
    same = Client(headers={"If-None-Match": tag})
    assert same.get(url).status_code == 304
    medians = in_turn(ROUNDS, same=lambda: same.get(url), nothing=lambda: same.get(NOTHING))
    alone = (medians["same"] - medians["nothing"]) * 1000
    note = f"besides {medians['nothing'] * 1000:.1f} ms of what every answer takes"
    table.add(Figure(f"feed, {words}, matching ETag", alone, "ms", SAME_MS, note))


def milliseconds(url: str) -> float:
    client = Client()
    taken = []
    for _round in range(ROUNDS):
        zone_lines.cache_clear()
        began = time.perf_counter()
        status = client.get(url).status_code
        taken.append((time.perf_counter() - began) * 1000)
        assert status == 200
    return statistics.median(taken)


def a_member() -> User:
    """Of communities with EVENTS sessions between them, most of them held."""
    agency = make_people.agency("Feeds", time_zone="America/New_York")
    reader = make_people.person("Reader", email="reader@example.org")
    make_people.position(reader, agency)
    weeks = EVENTS // SERIES
    began = timezone.now() - timedelta(weeks=weeks - 26)
    for _each in range(SERIES):
        community = make.community(agency)
        make.membership(reader, community)
        series = make.series(community, starts_on=began.date(), at=began)
        for week in range(26, weeks, 25):
            series.plan_ahead(at=began + timedelta(weeks=week))
        touch(series)
    return reader


def touch(series: Series) -> None:
    """One in 20 moved or called off."""
    apart = list(series.sessions.all())[::20]
    for session in apart[::2]:
        session.starts_at += timedelta(hours=1)
        session.ends_at += timedelta(hours=1)
    Session.objects.bulk_update(apart, ["starts_at", "ends_at"])
    Cancellation.objects.bulk_create(Cancellation(session=session) for session in apart[1::2])


def move_all(reader: User) -> None:
    """To this year, so that none is too old to be told; each on a day of its own."""
    sessions = list(Session.objects.filter(series__community__memberships__person=reader))
    now: datetime = timezone.now()
    for number, session in enumerate(sessions):
        session.starts_at = now + timedelta(hours=number)
        session.ends_at = session.starts_at + timedelta(hours=1)
        session.changed_at = now
    Session.objects.bulk_update(sessions, ["starts_at", "ends_at", "changed_at"])
