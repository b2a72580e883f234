"""The calendar: a month as weeks, or as an agenda."""

from datetime import date, datetime, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.communities import make

AT = datetime.fromisoformat("2031-03-01T12:00:00+00:00")
MARCH = "/communities/calendar/2031/3/"


@pytest.fixture
def circle(cast):
    return make.circle(cast, "The circle")


@pytest.fixture
def tuesdays(circle):
    return make.series(circle, title="Tuesday circle", starts_on=date(2031, 3, 4), at=AT)


def days_of(page) -> dict[date, list[str]]:
    return {day.day: [entry.title for entry in day.entries] for day in page.context["busy"]}


def test_a_member_sees_their_sessions_and_what_comes_back(cast, tuesdays, as_facilitator):
    make.commitment(cast.facilitator, text="ask first", due_on=date(2031, 3, 12))

    page = as_facilitator.get(MARCH)

    assert days_of(page) == {
        **{date(2031, 3, day): ["Tuesday circle"] for day in (4, 11, 18, 25)},
        date(2031, 3, 12): ["ask first"],
    }


def test_nobody_sees_another_persons_commitments(cast, tuesdays, as_coach):
    make.commitment(cast.facilitator, due_on=date(2031, 3, 12))

    assert date(2031, 3, 12) not in days_of(as_coach.get(MARCH))


@pytest.mark.parametrize("who", ["peer_partner", "supervisor"])
def test_others_see_nothing_of_it(who, tuesdays, request):
    page = request.getfixturevalue(f"as_{who}").get(MARCH)

    assert days_of(page) == {}
    assert "Tuesday circle" not in page.content.decode()


def test_a_day_is_the_readers_day(cast, circle, as_person):
    make.series(circle, starts_on=date(2031, 3, 4), local_time=time(23, 30), at=AT)
    cast.facilitator.time_zone = "Asia/Kolkata"
    cast.facilitator.save()

    days = days_of(as_person(cast.facilitator).get(MARCH))

    assert list(days) == [date(2031, 3, day) for day in (5, 12, 19, 26)]


def test_a_session_called_off_stays_and_says_so(cast, tuesdays, as_facilitator):
    tuesdays.sessions.all()[0].cancel(by=cast.coach, at=AT)

    assert "Called off" in as_facilitator.get(MARCH).content.decode()
    assert "Called off" in as_facilitator.get(MARCH + "?as=agenda").content.decode()


def test_one_community_is_chosen_in_the_address(cast, tuesdays, as_facilitator):
    other = make.circle(cast, "Another")
    make.series(other, title="Monthly", rrule="FREQ=MONTHLY;BYDAY=1MO", at=AT)
    make.commitment(cast.facilitator, due_on=date(2031, 3, 12))

    page = as_facilitator.get(f"{MARCH}?community={other.pk}&as=agenda")

    assert days_of(page) == {date(2031, 3, 3): ["Monthly"]}
    assert f"/4/?community={other.pk}&amp;as=agenda" in page.content.decode()


@pytest.mark.parametrize("asked", ["x", "999999999", "-1", "٣"])
def test_a_community_that_is_none_of_mine_is_left_out(asked, tuesdays, as_facilitator):
    assert len(days_of(as_facilitator.get(MARCH, {"community": asked}))) == 4


def test_a_month_that_is_none_is_not_found(cast, as_facilitator):
    for path in ("2031/13", "2031/0", "1900/1", "99999999/1"):
        assert as_facilitator.get(f"/communities/calendar/{path}/").status_code == 404


def test_an_empty_month_says_so(cast, as_facilitator):
    assert "Nothing is planned" in as_facilitator.get(MARCH).content.decode()
    assert "Nothing is planned" in as_facilitator.get(MARCH + "?as=agenda").content.decode()


def test_this_month_is_the_readers(cast, as_facilitator):
    page = as_facilitator.get("/communities/calendar/month/")

    assert page.context["month"].is_now


def test_as_many_queries_for_many_sessions(cast, tuesdays, as_facilitator):
    as_facilitator.get(MARCH)
    with CaptureQueriesContext(connection) as few:
        as_facilitator.get(MARCH)
    for number in range(3):
        series = make.series(
            make.circle(cast, f"More {number}"),
            rrule="FREQ=DAILY",
            starts_on=date(2031, 3, 1),
            at=AT,
        )
        assert series.sessions.exists()
        make.commitment(cast.facilitator, due_on=date(2031, 3, 12))
    with CaptureQueriesContext(connection) as many:
        as_facilitator.get(MARCH)
    assert len(many) == len(few) <= 15
