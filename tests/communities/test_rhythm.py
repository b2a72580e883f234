"""Rhythms in people's words are RRULEs, and back."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.rhythm import KINDS, WEEKDAYS, Rhythm
from portal.recurrence import Recurrence, describe, instant

NEW_YORK = "America/New_York"


@pytest.mark.parametrize(
    ("rhythm", "rule"),
    [
        (Rhythm("weekly", ("TU",)), "FREQ=WEEKLY;BYDAY=TU"),
        (Rhythm("fortnightly", ("FR",)), "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        (Rhythm("weekly", ("MO", "TH")), "FREQ=WEEKLY;BYDAY=MO,TH"),
        (Rhythm("second", ("TU",)), "FREQ=MONTHLY;BYDAY=2TU"),
        (Rhythm("last_weekday"), "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        (Rhythm("last", ("FR",), count=6), "FREQ=MONTHLY;BYDAY=-1FR;COUNT=6"),
        (
            Rhythm("weekly", ("MO",), until=date(2026, 12, 31)),
            "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270101T045959Z",  # the end of the day in New York
        ),
    ],
)
def test_a_rhythm_is_a_rule_and_a_rule_a_rhythm(rhythm, rule):
    assert rhythm.rule(NEW_YORK) == rule
    assert Rhythm.of(rule, NEW_YORK) == rhythm


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "FREQ=MONTHLY;BYDAY=MO,TU",
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=WEEKLY;BYDAY=2TU",
        "",
    ],
)
def test_a_rule_without_words_is_no_rhythm(rule):
    assert Rhythm.of(rule, NEW_YORK) is None


@given(
    kind=st.sampled_from(sorted(KINDS)),
    weekday=st.sampled_from(sorted(WEEKDAYS)),
    until=st.none() | st.dates(date(2027, 1, 1), date(2035, 12, 31)),
    zone=st.sampled_from([NEW_YORK, "Asia/Kolkata", "Pacific/Apia", "Europe/Dublin"]),
)
def test_every_rhythm_comes_back_and_recurs(kind, weekday, until, zone):
    weekdays = () if kind == "last_weekday" else (weekday,)
    rhythm = Rhythm(kind, weekdays, until=until)
    starts = datetime(2026, 11, 23, 15)

    recurrence = Recurrence(rhythm.rule(zone), starts, zone)

    assert Rhythm.of(recurrence.rrule, zone) == rhythm
    days = [o.wall for o in recurrence.following(instant(starts, zone), 5)]
    allowed = {list(WEEKDAYS).index(weekday)} if weekdays else set(range(5))
    assert {day.weekday() for day in days} <= allowed


def test_the_last_weekday_of_the_month_is_no_weekend_and_has_none_after_it():
    rule = Rhythm("last_weekday").rule(NEW_YORK)
    recurrence = Recurrence(rule, datetime(2026, 11, 1, 15), NEW_YORK)

    days = [
        o.wall.date() for o in recurrence.following(instant(datetime(2026, 11, 1), NEW_YORK), 4)
    ]

    assert [day.isoformat() for day in days] == [
        "2026-11-30",
        "2026-12-31",
        "2027-01-29",  # the 30th and 31st are a weekend
        "2027-02-26",
    ]
    words = str(describe(recurrence))
    assert words == "on the last weekday of every month at 3 p.m., New York time"
