"""The days on which people of a place are off. The `holidays` library knows them; we keep none.

A place is a country (ISO 3166-1, two letters) and, where the library tells its parts apart, one of
those ("MO", Missouri). Both empty: nobody said where, and no day is a holiday.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays as library
from holidays.registry import COUNTRIES

SATURDAY = 5
FARTHEST = 28  # days within which a working day must come
YEARS = range(1970, 2201)  # those of portal.recurrence


@cache
def countries() -> dict[str, str]:
    """Code to English name, by name: {"US": "United States"}."""
    named = {codes[1]: module.replace("_", " ").title() for module, codes in COUNTRIES.items()}
    return dict(sorted(named.items(), key=lambda each: each[1]))


@cache
def parts_of(country: str) -> dict[str, str]:
    """The parts of a country that keep holidays of their own: code to name, by name.

    A part that the library has no English name for goes by its code. Empty for a strange country.
    """
    if country not in countries():
        return {}
    found = library.country_holidays(country, years=())
    names = {code: name for name, code in getattr(found, "subdivisions_aliases", {}).items()}
    parts = {str(code): str(names.get(code, code)) for code in found.subdivisions}
    return dict(sorted(parts.items(), key=lambda each: each[1]))


@dataclass(frozen=True)
class DaysOff:
    """What the calendar of a place says of a day."""

    country: str = ""
    part: str = ""

    def name(self, day: date) -> str:
        """Why people are off on `day`: the holiday's name; empty on any other day."""
        return _holidays(self.country, self.part, day.year).get(day, "")

    def is_working_day(self, day: date) -> bool:
        """Neither a weekend of the country nor a day off."""
        return day.weekday() not in _weekend(self.country) and not self.name(day)

    def working_day_after(self, day: date) -> date | None:
        """The first working day later than `day`; None when none comes in four weeks."""
        later = (day + timedelta(days=n) for n in range(1, FARTHEST + 1))
        return next((each for each in later if self.is_working_day(each)), None)


@cache
def _weekend(country: str) -> frozenset[int]:
    if country not in countries():
        return frozenset({SATURDAY, SATURDAY + 1})
    return frozenset(library.country_holidays(country, years=()).weekend)


@cache
def _holidays(country: str, part: str, year: int) -> dict[date, str]:
    """Public holidays of one year. Read once a process: the library computes them."""
    if country not in countries() or year not in YEARS:
        return {}
    speaks = library.country_holidays(country, years=()).supported_languages
    language = next((each for each in ("en_US", "en_GB") if each in speaks), None)
    found = library.country_holidays(country, subdiv=part or None, years=year, language=language)
    return {day: str(name) for day, name in found.items() if day.year == year}
