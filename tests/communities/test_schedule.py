"""A rhythm over days off: what a holiday skips or moves, by a rule of the series."""

from datetime import UTC, date, datetime, time

import pytest

from communities.schedule import OnHolidays, Schedule
from portal.agencies.holidays import DaysOff
from portal.recurrence import Recurrence

NEW_YORK = "America/New_York"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
MISSOURI = DaysOff("US", "MO")


class Closed(DaysOff):
    """A place that is closed on days of our own choosing, and at weekends."""

    def __init__(self, days: dict[date, str]) -> None:
        super().__init__()
        object.__setattr__(self, "days", days)

    def name(self, day: date) -> str:
        return self.days.get(day, "")


def schedule(rule: str, on_holidays: str, days_off: DaysOff = MISSOURI, **starts) -> Schedule:
    day = starts.get("day", date(2026, 11, 2))
    recurrence = Recurrence(rule, datetime(day.year, day.month, day.day, 15), NEW_YORK)
    return Schedule(recurrence, on_holidays, days_off)


def days(planned: Schedule, limit: int = 4) -> list[tuple[str, str | None, str]]:
    """The rule's day, the day on which people meet, and the holiday between them."""
    return [
        (
            f"{each.wall:%m-%d}",
            each.starts_at and f"{each.starts_at:%m-%d}",
            each.holiday,
        )
        for each in planned.following(NOW, limit)
    ]


THURSDAYS = "FREQ=WEEKLY;BYDAY=TH"


@pytest.mark.parametrize(
    ("rule", "thanksgiving"),
    [
        (OnHolidays.SKIP, ("11-26", None, "Thanksgiving Day")),
        (OnHolidays.NEXT_WORKING_DAY, ("11-26", "11-27", "Thanksgiving Day")),
        (OnHolidays.WEEK_LATER, ("11-26", None, "Thanksgiving Day")),  # it meets then anyway
        (OnHolidays.KEEP, ("11-26", "11-26", "")),
    ],
)
def test_thanksgiving_in_a_weekly_rhythm(rule, thanksgiving):
    assert days(schedule(THURSDAYS, rule))[3] == thanksgiving


def test_what_is_skipped_does_not_count_among_the_next():
    assert [each for _day, each, _why in days(schedule(THURSDAYS, OnHolidays.SKIP))] == [
        "11-05",
        "11-12",
        "11-19",
        None,
        "12-03",
    ]


def test_a_monthly_meeting_can_wait_a_week():
    monthly = schedule("FREQ=MONTHLY;BYDAY=4TH", OnHolidays.WEEK_LATER)

    assert days(monthly, 2) == [
        ("11-26", "12-03", "Thanksgiving Day"),
        ("12-24", "12-24", ""),
    ]


def test_a_holiday_before_a_weekend_moves_over_it():
    fridays = schedule("FREQ=WEEKLY;BYDAY=FR", OnHolidays.NEXT_WORKING_DAY, day=date(2026, 12, 25))

    assert days(fridays, 1) == [("12-25", "12-28", "Christmas Day")]


def test_two_holidays_never_move_onto_one_day():
    closed = Closed({date(2026, 11, 5): "Moving", date(2026, 11, 6): "Moving"})
    planned = schedule("FREQ=WEEKLY;BYDAY=TH,FR", OnHolidays.NEXT_WORKING_DAY, closed)

    assert days(planned, 2) == [
        ("11-06", None, "Moving"),
        ("11-05", "11-09", "Moving"),  # in the order in which people meet
        ("11-12", "11-12", ""),
    ]


def test_a_moved_meeting_keeps_its_hour_on_the_wall_over_a_clock_change():
    closed = Closed({date(2026, 10, 30): "Closed"})  # clocks go back on 1 November
    planned = schedule(
        "FREQ=WEEKLY;BYDAY=FR", OnHolidays.NEXT_WORKING_DAY, closed, day=date(2026, 10, 30)
    )

    moved = planned.following(datetime(2026, 10, 1, tzinfo=UTC), 1)[0]

    assert (moved.by_rule.hour, moved.starts_at.hour) == (19, 20)  # UTC; 15:00 on both days


def test_a_moved_meeting_whose_own_day_is_over_is_still_to_come():
    planned = schedule(THURSDAYS, OnHolidays.NEXT_WORKING_DAY)
    thanksgiving_night = datetime(2026, 11, 27, 2, tzinfo=UTC)

    first = planned.coming(thanksgiving_night, datetime(2026, 12, 2, tzinfo=UTC))

    assert [f"{each.starts_at:%m-%d}" for each in first] == ["11-27"]


def test_without_a_place_no_day_is_off():
    assert days(schedule(THURSDAYS, OnHolidays.SKIP, DaysOff()))[3] == ("11-26", "11-26", "")


@pytest.mark.parametrize("zone", [NEW_YORK, "Europe/Paris", "Pacific/Apia", "Africa/Casablanca"])
@pytest.mark.parametrize("hour", [time(0), time(2, 30), time(15)])
@pytest.mark.parametrize("rule", ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=SU", "FREQ=WEEKLY;COUNT=200"])
def test_the_hours_that_clocks_skip_are_those_that_laying_out_the_rule_finds(zone, hour, rule):
    starts = datetime.combine(date(2009, 1, 2), hour)
    planned = Schedule(Recurrence(rule, starts, zone), OnHolidays.KEEP, MISSOURI)
    window = datetime(2009, 3, 8, 7, tzinfo=UTC), datetime(2014, 3, 30, 1, tzinfo=UTC)

    expected = [each for each in planned.between(*window) if each.shifted]

    assert planned.skipped_hours(*window) == expected


def test_a_day_that_clocks_skip_is_skipped_at_every_hour():
    weekly = Recurrence("FREQ=WEEKLY", datetime(2011, 12, 2, 15), "Pacific/Apia")  # Fridays
    planned = Schedule(weekly, OnHolidays.KEEP, MISSOURI)

    skipped = planned.skipped_hours(
        datetime(2011, 12, 5, tzinfo=UTC), datetime(2012, 12, 5, tzinfo=UTC)
    )

    assert [each.wall for each in skipped] == [datetime(2011, 12, 30, 15)]
