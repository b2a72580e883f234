"""The feed that a calendar program reads: what it expands equals what the portal shows."""

from datetime import date, datetime, time, timedelta

import pytest
import recurring_ical_events
from django.test import Client
from icalendar import Calendar

from communities.models import Session
from portal.people.models import FeedToken
from tests.communities import make


@pytest.fixture
def circle(cast):
    return make.circle(cast, "Fridays", purpose="Stays inside")


def feed_of(person) -> str:
    return f"/communities/calendar/{FeedToken.issue(person)}.ics"


def expanded(answer, first: datetime, last: datetime) -> list[tuple[datetime, datetime, str]]:
    events = recurring_ical_events.of(Calendar.from_ical(answer.content)).between(first, last)
    return sorted((e.start, e.end, str(e["UID"])) for e in events)


@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        ("America/New_York", time(15)),
        ("America/Phoenix", time(15)),
        ("Europe/Dublin", time(1, 30)),
        ("Australia/Lord_Howe", time(2, 15)),
        ("Asia/Kolkata", time(9)),
        ("America/St_Johns", time(2, 30)),
    ],
)
def test_a_foreign_parser_sees_what_the_portal_shows(cast, circle, zone, hour):
    make.series(
        circle,
        rrule="FREQ=WEEKLY;BYDAY=SU",
        starts_on=date(2026, 10, 4),
        local_time=hour,
        time_zone=zone,
        at=datetime.fromisoformat("2026-10-01T00:00:00+00:00"),
    )
    sessions = list(Session.objects.all())
    first, last = sessions[0].starts_at, sessions[-1].ends_at

    answer = Client().get(feed_of(cast.facilitator))

    seen = expanded(answer, first - timedelta(days=1), last + timedelta(days=1))
    assert seen == [(s.starts_at, s.ends_at, f"session-{s.pk}@127.0.0.1") for s in sessions]
    assert len(sessions) >= 25


def test_each_zone_is_described_once(cast, circle):
    make.series(circle)
    make.series(circle, time_zone="Asia/Kolkata")

    calendar = Calendar.from_ical(Client().get(feed_of(cast.facilitator)).content)

    zones = [str(z["TZID"]) for z in calendar.walk("VTIMEZONE")]
    assert sorted(zones) == ["America/New_York", "Asia/Kolkata"]


def test_a_called_off_session_says_so_and_counts_up(cast, circle):
    session = make.session(circle)
    url = feed_of(cast.facilitator)

    def event():
        calendar = Calendar.from_ical(Client().get(url).content)
        return next(e for e in calendar.walk("VEVENT") if f"session-{session.pk}@" in e["UID"])

    before = event()
    session.cancel(by=cast.coach, reason="A private word")
    after = event()

    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert after["UID"] == before["UID"]


def test_it_holds_nothing_that_anybody_wrote(cast, circle):
    session = make.session(circle)
    session.cancel(by=cast.coach, reason="A private word")
    session.promise(person=cast.facilitator, text="My own promise", due_on=session.original_day)

    body = Client().get(feed_of(cast.facilitator)).content.decode()

    assert "Fridays" in body
    for private in ("A private word", "My own promise", "Stays inside", "Okafor", "example.org"):
        assert private not in body


def test_a_matching_etag_is_answered_by_304_until_something_changes(cast, circle):
    session = make.session(circle)
    url = feed_of(cast.facilitator)

    def status(tag: str) -> int:
        return Client().get(url, headers={"If-None-Match": tag}).status_code

    answer = Client().get(url)
    tag = answer.headers["ETag"]
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert [status(tag), status(f"W/{tag}"), status('"other"')] == [304, 304, 200]

    session.cancel(by=cast.coach)
    assert status(tag) == 200


@pytest.mark.parametrize("change", ["renamed", "retitled", "left"])
def test_what_changes_the_feed_changes_its_etag(cast, circle, change):
    session = make.session(circle)
    url = feed_of(cast.facilitator)
    before = Client().get(url).headers["ETag"]

    if change == "renamed":
        circle.change(by=cast.admin, name="Mondays")
    elif change == "retitled":
        session.series.change(by=cast.coach, title="Another title")
    else:
        circle.memberships.get(person=cast.facilitator).end(by=cast.admin)

    assert Client().get(url).headers["ETag"] != before


def test_it_runs_with_the_rights_of_now(cast, circle):
    make.session(circle)
    url = feed_of(cast.facilitator)

    circle.memberships.get(person=cast.facilitator).end(by=cast.admin)

    assert b"VEVENT" not in Client().get(url).content


def test_only_my_communities_are_in_it(cast, circle):
    make.session(make.community(cast.northside.agency, "Others"))

    assert b"VEVENT" not in Client().get(feed_of(cast.facilitator)).content
    assert b"VEVENT" not in Client().get(feed_of(cast.admin)).content


def test_i_make_an_address_see_it_once_and_end_it(cast, circle, as_facilitator):
    made = as_facilitator.post("/communities/calendar/").context["address"]
    path = made.removeprefix("http://127.0.0.1:8000")
    assert Client().get(path).status_code == 200
    assert path not in as_facilitator.get("/communities/calendar/").content.decode()

    as_facilitator.post("/communities/calendar/remove/")

    assert Client().get(path).status_code == 404


def test_a_feed_costs_the_same_at_any_number(cast, circle, queries_of):
    make.series(circle)
    url = feed_of(cast.facilitator)
    few = queries_of(Client(), url)
    make.series(circle, title="Two")
    make.series(make.circle(cast), title="Three")

    assert queries_of(Client(), url) == few
