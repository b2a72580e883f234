"""Builders for what happens to a series: a weekly one in the middle of its life."""

from datetime import date, datetime

from communities.models import Series, Session
from tests.cast import Cast
from tests.communities import make

NOW = datetime.fromisoformat("2026-10-18T12:00:00+00:00")
TUESDAY = date(2026, 10, 20)  # the first of these series; clocks go back on 1 November


def tuesdays(cast: Cast, **fields) -> Series:
    """Tuesdays at 15:00 in New York from 20 October 2026, hosted by the coach."""
    return make.series(make.circle(cast), **{"starts_on": TUESDAY, "at": NOW} | fields)


def on(series: Series, month: int, day: int) -> Session:
    """The session whose day by the rule it is, wherever it was put."""
    return series.sessions.get(original_day=date(2026, month, day))


def told(person, kind: str) -> int:
    """How many notices of a kind stand for a person."""
    return person.notices.filter(kind=kind, withdrawn_at=None).count()
