"""The next decent instant, by the clock on a person's wall."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.notices.quiet_hours import Window, next_decent
from portal.recurrence import wall_time
from tests.portal.recurrence.test_rule import ZONES

NEW_YORK = "America/New_York"
NIGHT = Window(time(20), time(7))
LUNCH = Window(time(12), time(13))
FRIDAYS = Window(time(20), time(7), frozenset({4}))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "window", "asked", "decent"),
    [
        # New York is five hours behind in winter.
        (NEW_YORK, NIGHT, "2026-11-24 17:00", "2026-11-24 17:00"),  # noon
        (NEW_YORK, NIGHT, "2026-11-25 00:59", "2026-11-25 00:59"),  # 19:59
        (NEW_YORK, NIGHT, "2026-11-25 01:00", "2026-11-25 12:00"),  # 20:00: its start is quiet
        (NEW_YORK, NIGHT, "2026-11-25 05:30", "2026-11-25 12:00"),  # half past midnight
        (NEW_YORK, NIGHT, "2026-11-25 11:59", "2026-11-25 12:00"),
        (NEW_YORK, NIGHT, "2026-11-25 12:00", "2026-11-25 12:00"),  # its end is not
        (NEW_YORK, LUNCH, "2026-11-24 17:30", "2026-11-24 18:00"),
        (NEW_YORK, LUNCH, "2026-11-24 18:00", "2026-11-24 18:00"),
        (NEW_YORK, None, "2026-11-25 05:30", "2026-11-25 05:30"),
        (NEW_YORK, Window(time(8), time(8)), "2026-11-25 13:00", "2026-11-25 13:00"),
        # A window over midnight belongs to the day it began: Friday's ends on Saturday.
        (NEW_YORK, FRIDAYS, "2026-11-28 05:30", "2026-11-28 12:00"),  # Saturday 00:30
        (NEW_YORK, FRIDAYS, "2026-11-27 05:30", "2026-11-27 05:30"),  # Friday 00:30
        (NEW_YORK, FRIDAYS, "2026-11-29 05:30", "2026-11-29 05:30"),  # Sunday 00:30
        ("Asia/Kolkata", NIGHT, "2026-11-24 17:00", "2026-11-25 01:30"),  # 22:30 there
        # The night in which the clocks go forward ends an hour sooner, the other an hour later.
        (NEW_YORK, NIGHT, "2027-03-14 04:00", "2027-03-14 11:00"),
        (NEW_YORK, NIGHT, "2026-11-01 04:00", "2026-11-01 12:00"),
        # It ends in the hour that is skipped: 02:30 is read as 03:30.
        (NEW_YORK, Window(time(22), time(2, 30)), "2027-03-14 05:00", "2027-03-14 07:30"),
        # It ends in the hour that comes twice, asked in the second: 01:30 EST, quiet to 01:45 EST.
        (NEW_YORK, Window(time(22), time(1, 45)), "2026-11-01 06:30", "2026-11-01 06:45"),
    ],
)
def test_table(zone, window, asked, decent):
    assert next_decent(at(asked), zone, window) == at(decent)


def test_closed_days_are_quiet_to_their_end_and_the_night_after_too():
    thanksgiving = {date(2026, 11, 26), date(2026, 11, 27)}

    # Wednesday 22:00 waits over both days, until Saturday morning.
    assert next_decent(at("2026-11-26 03:00"), NEW_YORK, NIGHT, thanksgiving) == at(
        "2026-11-28 12:00"
    )
    assert next_decent(at("2026-11-26 17:00"), NEW_YORK, None, thanksgiving) == at(
        "2026-11-28 05:00"
    )


@given(
    asked=st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)).map(
        lambda moment: moment.replace(tzinfo=UTC)
    ),
    begins=st.times(),
    ends=st.times(),
    zone=st.sampled_from(ZONES),
)
def test_what_is_decent_is_later_outside_and_within_a_day(asked, begins, ends, zone):
    window = Window(begins, ends)

    decent = next_decent(asked, zone, window)

    # A day at most; two where a window of nearly a day ends in an hour that clocks skip.
    assert asked <= decent <= asked + timedelta(hours=50)
    assert window.end_of(wall_time(decent, zone)) is None
    assert next_decent(decent, zone, window) == decent
