"""The feed that a calendar program reads. What programs expand: test_calendars_abroad.py."""

from datetime import timedelta
from unicodedata import category
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from communities.models import Community, CommunityFeed, Series, Session
from portal.people.models import FeedToken
from tests.communities import make
from tests.foreign import libical


@pytest.fixture
def circle(cast):
    return make.circle(cast, "Fridays", purpose="Stays inside")


def feed_of(person) -> str:
    return f"/communities/calendar/{FeedToken.issue(person)}.ics"


def the_only_event(url: str):
    [event] = Calendar.from_ical(Client().get(url).content).walk("VEVENT")
    return event


def test_each_zone_is_described_once(cast, circle):
    make.series(circle)
    make.series(circle, time_zone="Asia/Kolkata")

    calendar = Calendar.from_ical(Client().get(feed_of(cast.facilitator)).content)

    zones = [str(z["TZID"]) for z in calendar.walk("VTIMEZONE")]
    assert sorted(zones) == ["America/New_York", "Asia/Kolkata"]


def test_a_series_is_one_event_with_its_rule(cast, circle):
    series = make.series(circle, rrule="FREQ=WEEKLY;BYDAY=TU;COUNT=100")

    event = the_only_event(feed_of(cast.facilitator))

    assert str(event["UID"]) == f"series-{series.pk}@127.0.0.1"
    assert event["RRULE"].to_ical().startswith(b"FREQ=WEEKLY;UNTIL=20")
    assert event["RRULE"].to_ical().endswith(b"Z;BYDAY=TU")
    assert (event["SEQUENCE"], event["STATUS"]) == (0, "CONFIRMED")
    assert {"DTSTAMP", "LAST-MODIFIED", "SUMMARY", "URL"} <= set(event)


def test_a_called_off_session_says_so_and_counts_up(cast, circle):
    session = make.session(circle)
    url = feed_of(cast.facilitator)
    assert str(the_only_event(url)["STATUS"]) == "CONFIRMED"

    session.cancel(by=cast.coach, reason="A private word")

    whole, apart = Calendar.from_ical(Client().get(url).content).walk("VEVENT")
    assert (apart["UID"], apart["STATUS"]) == (whole["UID"], "CANCELLED")
    assert apart["SEQUENCE"] == whole["SEQUENCE"] + 1
    assert apart["RECURRENCE-ID"].dt == session.starts_at


def test_a_session_with_another_host_is_written_apart(cast, circle):
    session = make.session(circle)
    Session.objects.filter(pk=session.pk).update(host=cast.facilitator)

    _whole, apart = Calendar.from_ical(Client().get(feed_of(cast.facilitator)).content).walk(
        "VEVENT"
    )

    assert str(apart["DESCRIPTION"]) == "Host: Amara Okafor"
    assert apart["RECURRENCE-ID"].dt == session.starts_at


def test_it_says_what_it_is_and_when_to_ask_again(cast, circle):
    make.series(circle)

    calendar = Calendar.from_ical(Client().get(feed_of(cast.facilitator)).content)

    assert {name: str(calendar[name]) for name in ("NAME", "X-WR-CALNAME", "METHOD")} == {
        "NAME": "Learning communities",
        "X-WR-CALNAME": "Learning communities",
        "METHOD": "PUBLISH",
    }
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=4)
    assert str(calendar["X-PUBLISHED-TTL"]) == "PT4H"


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


def test_i_make_an_address_see_it_once_and_end_it_alone(cast, circle, as_facilitator):
    made = [as_facilitator.post("/communities/calendar/").context["address"] for _each in "ab"]
    ended, kept = (address.removeprefix("http://127.0.0.1:8000") for address in made)
    assert Client().get(ended).status_code == 200
    page = as_facilitator.get("/communities/calendar/")
    assert ended not in page.content.decode()
    older = page.context["standing"].last()

    as_facilitator.post(f"/communities/calendar/{older.pk}/remove/")

    assert [Client().get(each).status_code for each in (ended, kept)] == [404, 200]


def test_an_address_of_one_community_opens_that_one(cast, circle, as_facilitator):
    make.series(circle, title="Here")
    make.series(make.circle(cast, "Others"), title="There")

    made = as_facilitator.post("/communities/calendar/", {"community": circle.pk})

    body = Client().get(made.context["address"]).content.decode()
    assert "Here" in body and "X-WR-CALNAME:Fridays" in body
    assert "There" not in body


def test_an_address_of_a_community_that_is_not_mine_is_not_made(cast, as_facilitator):
    other = make.community(cast.riverbend.agency)

    answer = as_facilitator.post("/communities/calendar/", {"community": other.pk})

    assert (answer.status_code, answer.context["address"]) == (422, "")


def test_leaving_ends_that_communitys_address_for_good(cast, circle):
    make.series(circle)
    path = f"/communities/calendar/{CommunityFeed.issue(cast.facilitator, circle)}.ics"
    circle.memberships.get(person=cast.facilitator).end(by=cast.admin)
    circle.welcome(cast.facilitator, by=cast.admin)

    assert Client().get(path).status_code == 404


def test_departing_ends_every_address(cast, circle):
    url = feed_of(cast.facilitator)

    cast.northside.agency.departs(cast.facilitator, by=cast.admin)

    assert Client().get(url).status_code == 404


@given(token=st.text(max_size=200))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_address_that_was_not_made_opens_anything(db, token):
    assert Client().get(f"/communities/calendar/{quote(token, safe='')}.ics").status_code == 404


@given(
    title=st.text(min_size=1, max_size=120).filter(lambda t: "\x00" not in t and t.strip()),
    name=st.text(min_size=1, max_size=120).filter(lambda t: "\x00" not in t and t.strip()),
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_title_survives_the_way(fuzzed, title, name):
    series, url = fuzzed
    Series.objects.filter(pk=series.pk).update(title=title)
    Community.objects.filter(pk=series.community_id).update(name=name)

    answer = Client().get(url)

    body = answer.content
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert b"\n" not in body.replace(b"\r\n", b"")
    [event] = Calendar.from_ical(body).walk("VEVENT")
    assert plain(str(event["SUMMARY"])) == plain(f"{title} ({name})")
    if libical.library:
        first = series.sessions.first()
        assert len(libical.seen(body, first.starts_at, first.ends_at)) == 1


def plain(words: str) -> str:
    """Without what no calendar can carry: control characters, and the kind of white space."""
    return " ".join("".join(" " if category(c) in {"Cc", "Zl", "Zp"} else c for c in words).split())


@pytest.fixture
def fuzzed(cast, circle):
    return make.series(circle), feed_of(cast.facilitator)


def test_a_feed_costs_the_same_at_any_number(cast, circle, queries_of):
    make.series(circle)
    url = feed_of(cast.facilitator)
    few = queries_of(Client(), url)
    make.series(circle, title="Two")
    make.series(make.circle(cast), title="Three")

    assert queries_of(Client(), url) == few
