"""A month as its reader's calendar shows it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from communities.month import Entry, Month

NEW_YORK = ZoneInfo("America/New_York")
NOVEMBER = Month(2026, 11, NEW_YORK, date(2026, 11, 24))


def test_a_month_is_whole_weeks_from_sunday_in_american_english():
    days = NOVEMBER.days()
    assert (days[0], days[-1]) == (date(2026, 11, 1), date(2026, 12, 5))
    assert NOVEMBER.weekdays()[0] == "Sunday"


def test_weeks_begin_on_monday_in_spanish():
    with override("es"):
        assert NOVEMBER.days()[0] == date(2026, 10, 26)
        assert NOVEMBER.title == "Noviembre de 2026"


def test_its_span_keeps_the_readers_clock_across_a_change():
    first, after = NOVEMBER.span()
    assert first.astimezone(UTC) == datetime(2026, 11, 1, 4, tzinfo=UTC)  # EDT until 2 a.m.
    assert after.astimezone(UTC) == datetime(2026, 12, 6, 5, tzinfo=UTC)  # EST


@given(st.integers(1971, 2198), st.integers(1, 12))
def test_each_day_of_a_month_stands_once(year, month):
    asked = Month(year, month, NEW_YORK, date(2026, 11, 24))
    days = asked.days()
    assert len(days) % 7 == 0
    assert len(set(days)) == len(days)
    assert {d for d in days if (d.year, d.month) == (year, month)} >= {
        date(year, month, 1),
        date(year, month, 28),
    }
    assert Month(*asked.following, NEW_YORK, asked.today).previous == (year, month)


@pytest.mark.parametrize(("year", "month"), [(2026, 13), (2026, 0), (1900, 1), (9999, 12)])
def test_what_is_no_month_is_refused(year, month):
    with pytest.raises(ValueError, match="no month"):
        Month(year, month, NEW_YORK, date(2026, 11, 24))


def test_entries_stand_on_their_day_and_others_are_left_out():
    entry = Entry("Friday practice", "/x/", "calendar")
    weeks = NOVEMBER.with_entries([(date(2026, 11, 27), entry), (date(2027, 1, 1), entry)])
    assert [(d.day, d.entries) for week in weeks for d in week if d.entries] == [
        (date(2026, 11, 27), [entry])
    ]
    assert [d.day for week in weeks for d in week if d.is_today] == [date(2026, 11, 24)]
