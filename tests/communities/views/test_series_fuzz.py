"""Whatever is typed into a form of a rhythm is answered, and what is valid is what it says."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communities.forms.moves import MoveForm
from communities.forms.series import SeriesForm
from communities.models import Session
from communities.schedule import OnHolidays
from portal.agencies.holidays import DaysOff
from tests.communities import make
from tests.communities.views.test_series import GOOD

MISSOURI = DaysOff("US", "MO")
FUZZ = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=120, deadline=None
)
words = st.text(max_size=12) | st.sampled_from(
    ["", "MO", "fortnightly", "last_weekday", "2026-02-30", "9999-12-31", "0001-01-01",
     "99999999999", "-1", "1", "00:00", "02:30", "Mars/Base", "UTC", "skip", "next", "week"]
)  # fmt: skip
days = st.dates(date(2026, 12, 1), date(2031, 12, 31)).map(date.isoformat)


@pytest.fixture
def circle(cast):
    agency = cast.northside.agency
    agency.country, agency.subdivision = "US", "MO"
    agency.save()
    return make.circle(cast)


def sent(fields: dict[str, str | list[str]]) -> QueryDict:
    given = QueryDict(mutable=True)
    for name, value in fields.items():
        given.setlist(name, value if isinstance(value, list) else [value])
    return given


@FUZZ
@given(changed=st.dictionaries(st.sampled_from(sorted(GOOD)), words | days, max_size=4))
def test_whatever_is_typed_is_answered_in_words(circle, cast, changed):
    form = SeriesForm(sent(GOOD | changed), community=circle, planner=cast.coach)

    if form.is_valid():
        assert form.of_series()["rrule"].startswith("FREQ=")
        assert form.met
    else:
        assert all(errors for errors in form.errors.values())
    form.preview, form.clashes(), form.skipped_hours()  # never fails, whatever was typed


@FUZZ
@given(
    rhythm=st.sampled_from(["weekly", "fortnightly", "first", "third", "last", "last_weekday"]),
    weekday=st.sampled_from(["MO", "TH", "FR"]),
    starts_on=days,
    local_time=st.times().map(lambda each: f"{each:%H:%M}"),
    on_holidays=st.sampled_from(OnHolidays.values),
    count=st.sampled_from(["", "1", "30"]),
)
def test_every_session_is_on_the_rule_or_explained_by_a_holiday(circle, **typed):
    form = SeriesForm(sent(GOOD | typed), community=circle)
    if not form.is_valid():
        assert set(form.errors) <= {"starts_on", "count"}  # its only day is a holiday
        return
    for meeting in form.preview:
        day = meeting.wall.date()
        if meeting.starts_at == meeting.by_rule:
            assert typed["on_holidays"] == OnHolidays.KEEP or not MISSOURI.name(day)
        else:
            assert meeting.holiday == MISSOURI.name(day) != ""
        if meeting.is_moved:
            assert meeting.starts_at - meeting.by_rule < timedelta(weeks=5)
    starts = [meeting.starts_at for meeting in form.met]
    assert starts == sorted(set(starts))


@FUZZ
@given(
    typed=st.dictionaries(
        st.sampled_from(["day", "local_time", "minutes", "host"]), words | days, max_size=4
    )
)
def test_whatever_is_typed_into_a_move_is_answered_in_words(circle, cast, typed):
    session = Session.objects.filter(series__community=circle).first() or make.session(circle)
    good = {"day": "2026-12-01", "local_time": "15:00", "minutes": "60", "host": ""}

    form = MoveForm(sent(good | typed), session=session, planner=cast.coach)

    if not form.is_valid():
        assert all(errors for errors in form.errors.values())
    form.starts_at, form.ends_at(), form.holiday(), form.clashes(), form.is_shifted
