"""The holidays of a place, as the library has them."""

from datetime import date

import pytest

from portal.agencies.holidays import DaysOff, countries, parts_of


@pytest.mark.parametrize(
    ("country", "part", "day", "name"),
    [
        ("US", "", date(2026, 11, 26), "Thanksgiving Day"),
        ("US", "MO", date(2026, 5, 8), "Truman Day"),
        ("US", "", date(2026, 5, 8), ""),
        ("CA", "QC", date(2026, 6, 24), "Saint John the Baptist Day"),
        ("", "", date(2026, 12, 25), ""),
        ("XX", "", date(2026, 12, 25), ""),
    ],
)
def test_a_day_is_a_holiday_where_it_is_one(country, part, day, name):
    assert DaysOff(country, part).name(day) == name


def test_the_next_working_day_is_neither_weekend_nor_holiday():
    in_missouri, in_egypt = DaysOff("US", "MO"), DaysOff("EG")

    assert in_missouri.working_day_after(date(2026, 12, 31)) == date(2027, 1, 4)
    assert in_egypt.working_day_after(date(2026, 11, 19)) == date(2026, 11, 22)  # a Sunday


def test_places_have_names():
    assert countries()["US"] == "United States"
    assert parts_of("US")["MO"] == "Missouri"
    assert parts_of("XX") == {}
