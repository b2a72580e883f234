"""A rhythm in words: seen, mended, saved, changed, ended."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from communities.models import Series, take_turns
from communities.rhythm import WEEKDAYS
from tests.communities import make

TOMORROW = timezone.localdate() + timedelta(days=1)
AFTER_TOMORROW = list(WEEKDAYS)[(TOMORROW.weekday() + 1) % 7]
GOOD = {
    "title": "Evoking",
    "rhythm": "weekly",
    "weekday": "TU",
    "starts_on": TOMORROW.isoformat(),
    "local_time": "15:00",
    "time_zone": "America/New_York",
    "minutes": "60",
    "reflection_minutes": "20",
    "until": "",
    "count": "",
    "host": "",
    "remind_minutes": "60",
}


@pytest.fixture
def circle(cast):
    return make.circle(cast)


def test_a_host_plans_a_weekly_session(cast, circle, as_coach):
    answer = as_coach.post(f"/communities/{circle.pk}/series/new/", GOOD | {"host": cast.coach.pk})

    series = Series.objects.get()
    assert answer.headers["Location"] == f"/communities/series/{series.pk}/"
    assert (series.rrule, series.local_time, series.host) == (
        "FREQ=WEEKLY;BYDAY=TU",
        time(15),
        cast.coach,
    )
    assert series.sessions.count() in {25, 26}


def test_planning_twice_by_a_double_click_plans_once(circle, as_coach):
    for _ in range(2):
        as_coach.post(f"/communities/{circle.pk}/series/new/", GOOD)

    assert Series.objects.count() == 1


def test_a_preview_shows_twelve_and_saves_nothing(circle, as_coach):
    answer = as_coach.post(f"/communities/{circle.pk}/series/new/", GOOD | {"preview": "1"})

    assert answer.content.decode().count("<li><time") == 12
    assert Series.objects.count() == 0


def test_the_preview_alone_comes_to_htmx(circle, as_coach):
    url = f"/communities/{circle.pk}/series/new/"
    sent = GOOD | {"preview": "1", "title": ""}

    part = as_coach.post(url, sent, headers={"HX-Request": "true"}).content.decode()
    whole = as_coach.post(url, sent).content.decode()

    assert part.strip().startswith('<div id="preview"')
    assert part.count("<li><time") == whole.count("<li><time") == 12


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"title": ""}, "title", "Fill in “Title”."),
        ({"weekday": []}, "weekday", "Choose at least one day of the week."),
        (
            {"rhythm": "second", "weekday": ["TU", "WE"]},
            "weekday",
            "Choose one day of the week for a monthly rhythm.",
        ),
        (
            {"on_holidays": "hide"},
            "on_holidays",
            "Choose one of the answers listed for “On a public holiday”.",
        ),
        ({"rhythm": "daily"}, "rhythm", "Choose one of the answers listed for “How often”."),
        ({"starts_on": "2026-02-30"}, "starts_on", "Enter a date, like 2026-11-30."),
        ({"local_time": "25:00"}, "local_time", "Enter a time of day, like 15:00."),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "Choose a zone from the list."),
        ({"minutes": "3"}, "minutes", "Enter between 5 and 480 minutes."),
        ({"minutes": "an hour"}, "minutes", "Enter the minutes as a number, like 60."),
        (
            {"reflection_minutes": "61"},
            "reflection_minutes",
            "Keep fewer minutes for reflection than it lasts.",
        ),
        ({"until": "2020-01-01"}, "until", "Choose a last day that comes after the first."),
        (
            {"starts_on": "2020-01-06", "until": "2020-02-01"},
            "until",
            "No sessions would be left. Choose a later end.",
        ),
        (
            {"starts_on": "2020-01-06", "count": "3"},
            "count",
            "No sessions would be left. Choose a later end.",
        ),
        ({"count": "0"}, "count", "Enter 1 or more."),
        (
            {"count": "3", "until": "2099-01-01"},
            "count",
            "Choose a last day or a number of times, not both.",
        ),
        (
            {"until": TOMORROW.isoformat(), "weekday": AFTER_TOMORROW},
            "until",
            "Choose another rule: this one never comes due.",
        ),
    ],
)
def test_what_cannot_be_is_said_where_it_can_be_mended(circle, as_coach, wrong, field, words):
    answer = as_coach.post(f"/communities/{circle.pk}/series/new/", GOOD | wrong)

    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [words]}
    assert Series.objects.count() == 0


def test_a_host_changes_the_whole_series(circle, as_coach):
    series = make.series(circle, title="Evoking")

    as_coach.post(
        f"/communities/series/{series.pk}/edit/", GOOD | {"rhythm": "last", "weekday": "FR"}
    )

    series.refresh_from_db()
    assert series.rrule == "FREQ=MONTHLY;BYDAY=-1FR"
    assert {s.original_day.weekday() for s in series.sessions.all()} == {4}


def test_the_form_shows_a_series_as_it_is(circle, as_coach):
    series = make.series(circle, rrule="FREQ=MONTHLY;BYDAY=2TU;COUNT=30", host=None)

    form = as_coach.get(f"/communities/series/{series.pk}/edit/").context["form"]

    shown = {name: form[name].initial for name in ("rhythm", "weekday", "count", "until")}
    assert shown == {"rhythm": "second", "weekday": ["TU"], "count": 30, "until": None}


def test_a_host_ends_a_series(circle, as_coach):
    series = make.series(circle)
    url = f"/communities/series/{series.pk}/remove/"

    as_coach.get(url)
    assert list(Series.objects.running()) == [series]
    as_coach.post(url)

    assert list(Series.objects.running()) == []
    assert (
        "This series ended on" in as_coach.get(f"/communities/series/{series.pk}/").content.decode()
    )


def test_its_end_is_taken_back(cast, circle, as_coach):
    series = make.series(circle)
    before = list(series.sessions.upcoming().values_list("starts_at", flat=True))
    here = series.get_absolute_url()
    as_coach.post(f"{here}remove/")
    assert f"{here}ending/remove/" in as_coach.get(here).content.decode()

    as_coach.get(f"{here}ending/remove/")
    assert Series.objects.running().count() == 0
    as_coach.post(f"{here}ending/remove/")
    as_coach.post(f"{here}ending/remove/")  # twice is as once

    assert list(Series.objects.running()) == [series]
    standing = series.sessions.standing().upcoming()
    assert list(standing.values_list("starts_at", flat=True)) == before
    told = cast.facilitator.notices.standing().values_list("kind", flat=True)
    assert sorted(told) == ["series.resumed"]  # what nobody has read of its end is taken back


def test_a_series_that_has_ended_is_not_changed(circle, as_coach):
    series = make.series(circle, title="Evoking")
    series.end(by=None)

    for page in ("edit", "rotation"):
        assert as_coach.get(f"{series.get_absolute_url()}{page}/").status_code == 302
    as_coach.post(f"{series.get_absolute_url()}edit/", GOOD | {"title": "Another"})

    series.refresh_from_db()
    assert series.title == "Evoking"


def test_a_page_says_that_more_sessions_follow(circle, as_coach):
    long = make.series(circle, rrule="FREQ=MONTHLY;BYDAY=2TU;COUNT=14", starts_on=TOMORROW)
    short = make.series(circle, rrule="FREQ=MONTHLY;BYDAY=2TU;COUNT=3", starts_on=TOMORROW)

    assert "More follow" in as_coach.get(long.get_absolute_url()).content.decode()
    assert "More follow" not in as_coach.get(short.get_absolute_url()).content.decode()


def test_the_form_says_when_hosts_take_turns(cast, circle, as_coach):
    series = make.series(circle)
    url = f"{series.get_absolute_url()}edit/"
    assert "Hosts take turns" not in as_coach.get(url).content.decode()

    take_turns(series, [cast.coach, cast.facilitator], by=cast.coach)

    assert "Hosts take turns" in as_coach.get(url).content.decode()
    assert "hosted in turn" in as_coach.get(circle.get_absolute_url()).content.decode()


def test_a_page_of_a_series_costs_the_same_at_any_number(circle, as_coach, queries_of):
    series = make.series(
        circle, rrule="FREQ=WEEKLY;BYDAY=TU;COUNT=52", starts_on=date(2026, 11, 24)
    )
    url = f"/communities/series/{series.pk}/"
    many = queries_of(as_coach, url)
    series.sessions.filter(pk__in=list(series.sessions.values_list("pk", flat=True)[2:])).delete()

    assert queries_of(as_coach, url) == many
    assert many <= 15
