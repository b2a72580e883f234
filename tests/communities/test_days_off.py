"""An agency says where it is, and the sessions to come of its communities keep to its holidays."""

from datetime import date

from tests.communities.make_series import on, told, tuesdays


def place(cast, country: str) -> None:
    agency = cast.northside.agency
    agency.country = country
    agency.change_policy(["country"], by=cast.admin)


def test_sessions_move_with_the_holidays_and_members_hear_once(cast):
    # Christmas Day 2026 is a Friday, New Year's Day too.
    fridays = tuesdays(
        cast, rrule="FREQ=WEEKLY;BYDAY=FR", starts_on=date(2026, 12, 4), on_holidays="next"
    )

    place(cast, "US")

    christmas = on(fridays, 12, 25)
    assert f"{christmas.starts_at:%m-%d}" == "12-28"
    assert (christmas.holiday, christmas.sequence) == ("Christmas Day", 1)
    assert told(cast.facilitator, "series.changed") == 1


def test_a_series_that_meets_all_the_same_stays(cast):
    fridays = tuesdays(
        cast, rrule="FREQ=WEEKLY;BYDAY=FR", starts_on=date(2026, 12, 4), on_holidays="keep"
    )

    place(cast, "US")

    assert not on(fridays, 12, 25).is_moved
    assert told(cast.facilitator, "series.changed") == 0


def test_a_skipped_day_has_no_session_and_comes_back(cast):
    fridays = tuesdays(
        cast, rrule="FREQ=WEEKLY;BYDAY=FR", starts_on=date(2026, 12, 4), on_holidays="skip"
    )
    days = fridays.sessions.filter(original_day=date(2026, 12, 25))

    place(cast, "US")
    assert not days.exists()
    place(cast, "")
    assert days.exists()
