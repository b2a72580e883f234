"""Reminders of many series that come due together: settled in a few statements, as each alone."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.models import Rsvp
from communities.models.override import set_by_hand
from portal.notices.models import Notice
from portal.reminders.forecasts import coming
from portal.reminders.kinds import kinds
from portal.reminders.models import Rule
from portal.reminders.tick import tick
from tests.communities import make
from tests.communities.make_routines import at
from tests.portal.reminders.test_batch import said

BEFORE = at("2026-10-18 12:00")
TUESDAY = date(2026, 10, 27)
DUE = at("2026-10-27 18:00")  # an hour before 15:00 in New York


@pytest.fixture
def several(cast):
    """Begin so many series that meet on Tuesdays, each of a community of its own."""

    def begin(count=1, **about):
        about = {"starts_on": TUESDAY, "local_time": time(15), "asks_after": True} | about
        return [make.series(make.circle(cast), at=BEFORE, **about) for _ in range(count)]

    return begin


def named(series, day=TUESDAY):
    return series.sessions.get(original_day=day)


def test_many_series_say_what_each_would_say_alone(cast, several):
    _as_usual, declined, off, moved, closed = several(5)
    several(1, rrule="FREQ=WEEKLY;INTERVAL=8;BYDAY=TU")  # after it, none for eight weeks
    several(1, rrule="FREQ=WEEKLY;COUNT=1;BYDAY=TU")  # after it, none at all
    Rsvp.objects.create(person=cast.facilitator, session=named(declined), answer="no")
    named(off).cancel(by=cast.coach, reason="Snow", at=BEFORE)
    set_by_hand(
        named(moved),
        by=cast.coach,
        at=BEFORE,
        starts=datetime(2026, 10, 27, 17),
        minutes=60,
        host=cast.coach,
    )
    closed.community.close(by=cast.coach, reason="Done", at=BEFORE)
    after = DUE + timedelta(days=3)  # what is said after sessions, too
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before")
    for when in (DUE, after):
        for rule in Rule.objects.due(when):
            rule.settle(when)
    alone = said()
    with connection.cursor() as cursor:
        cursor.execute("ROLLBACK TO SAVEPOINT before")

    for when in (DUE, after):
        assert tick(when).failed == 0

    assert said() == alone
    assert Notice.objects.filter(kind="session.reminder", due_at=DUE).count() == 7


def test_many_series_cost_as_many_statements_as_one(several):
    def statements(when):
        with CaptureQueriesContext(connection) as captured:
            tick(when)
        return len(captured)

    [first] = several()
    Rule.objects.for_owner(first).update(next_due_at=None)
    several()
    one = statements(DUE)
    several(5)
    many = statements(DUE + timedelta(seconds=1))

    assert Notice.objects.filter(kind="session.reminder", due_at=DUE).count() == 12
    assert many == one


def test_what_is_said_after_sessions_counts_from_their_end(cast, several):
    [series] = several()
    rule = Rule.objects.for_owner(series).filter(kind="session.after").first()
    assert rule is not None
    kind = kinds["session.after"]
    ends_at = named(series).ends_at

    found, _further = coming(cast.northside.agency, ends_at - timedelta(days=1))

    assert [each.due_at for each in found if each.rule == rule] == [
        ends_at + timedelta(minutes=rule.offset_minutes)
    ]
    assert [due.due_at for due in kind.occurrences(rule, BEFORE, ends_at + timedelta(days=1))] == [
        ends_at + timedelta(minutes=rule.offset_minutes)
    ]
    assert [each.today for each in found if each.rule == rule] == [2]
