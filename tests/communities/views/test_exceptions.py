"""From a session's page: move it, change what follows, call off, undo; and who hosts in turn."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import escape

from communities.models import Series, Session
from communities.notices import SeriesEnded
from portal.notices.mail import words
from portal.notices.models import Notice
from tests.communities import make

GOOD = {
    "title": "Evoking", "rhythm": "weekly", "weekday": "TU", "local_time": "09:00",
    "time_zone": "America/New_York", "minutes": "60", "reflection_minutes": "15", "until": "",
    "count": "", "on_holidays": "keep", "host": "", "remind_minutes": "60",
}  # fmt: skip


@pytest.fixture
def series(cast) -> Series:
    return make.series(make.circle(cast), title="Evoking", starts_on=timezone.localdate())


@pytest.fixture
def sessions(series) -> list[Session]:
    return list(series.sessions.upcoming()[1:4])


def url(session, what: str) -> str:
    return f"/communities/sessions/{session.pk}/{what}/"


def a_day(session, hours: int = 15) -> dict[str, object]:
    day = session.original_day + timedelta(days=1)
    return {"day": day.isoformat(), "local_time": f"{hours}:00", "minutes": 60, "host": ""}


def test_the_three_answers_say_how_many_they_touch(sessions, as_coach):
    page = as_coach.get(url(sessions[1], "edit")).content.decode()
    assert page.count('type="radio"') == 3
    assert "planned so far, and all later ones" in page

    answers = [
        as_coach.get(url(sessions[1], "edit"), {"scope": scope}).headers.get("Location")
        for scope in ("this", "following", "all")
    ]

    assert answers == [
        url(sessions[1], "move"),
        url(sessions[1], "continuation"),
        f"/communities/series/{sessions[1].series_id}/edit/",
    ]


def test_a_host_moves_one_session_and_puts_it_back(sessions, as_coach):
    session = sessions[0]
    answer = as_coach.post(url(session, "move"), a_day(session))

    session.refresh_from_db()
    assert answer.headers["Location"] == session.get_absolute_url()
    assert session.is_moved
    assert "Moved from" in as_coach.get(session.get_absolute_url()).content.decode()
    assert "moved from" in as_coach.get(session.series.get_absolute_url()).content.decode()

    as_coach.get(url(session, "move/remove"))
    as_coach.post(url(session, "move/remove"))
    session.refresh_from_db()
    assert not session.is_moved


def test_the_preview_of_a_move_saves_nothing(sessions, as_coach):
    sent = a_day(sessions[0]) | {"preview": "1"}

    part = as_coach.post(url(sessions[0], "move"), sent, headers={"HX-Request": "true"})

    assert part.content.decode().strip().startswith('<div id="preview"')
    sessions[0].refresh_from_db()
    assert not sessions[0].is_moved


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"day": "2026-02-30"}, "day", "Enter a date, like 2026-11-30."),
        ({"day": "0001-01-01"}, "day", "Choose a day of this century."),
        ({"day": "2020-01-01"}, "day", "Choose a time that is still to come."),
        ({"local_time": "25:00"}, "local_time", "Enter a time of day, like 15:00."),
        ({"minutes": "0"}, "minutes", "Enter between 5 and 480 minutes."),
    ],
)
def test_a_move_that_cannot_be_is_said_at_its_field(sessions, as_coach, wrong, field, words):
    answer = as_coach.post(url(sessions[0], "move"), a_day(sessions[0]) | wrong)

    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [words]}


def test_a_host_changes_this_and_following(series, sessions, as_coach):
    sent = GOOD | {"starts_on": sessions[1].original_day.isoformat()}
    preview = as_coach.post(url(sessions[1], "continuation"), sent | {"preview": "1"})
    assert preview.content.decode().count("<li><time") == 12
    assert Series.objects.count() == 1

    for _ in range(2):  # a double click
        answer = as_coach.post(url(sessions[1], "continuation"), sent)

    following = Series.objects.get(follows=series)
    assert answer.headers["Location"] == following.get_absolute_url()
    assert Series.objects.count() == 2
    for session in sessions:
        session.refresh_from_db()
    assert [s.series for s in sessions] == [series, following, following]
    assert "Then: every Tuesday" in as_coach.get(series.get_absolute_url()).content.decode()


def test_the_form_shows_what_is_left_of_a_number_of_times(cast, as_coach):
    series = make.series(
        make.circle(cast),
        rrule="FREQ=WEEKLY;BYDAY=TU;COUNT=6",
        starts_on=timezone.localdate() + timedelta(days=1),
    )
    third = series.sessions.all()[2]

    form = as_coach.get(url(third, "continuation")).context["form"]

    assert (form["count"].initial, form["starts_on"].initial) == (4, third.original_day)


def test_reaching_back_is_said_at_its_field(sessions, as_coach):
    early = sessions[0].original_day - timedelta(days=9)
    sent = GOOD | {"starts_on": early.isoformat()}

    answer = as_coach.post(url(sessions[1], "continuation"), sent)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["starts_on"]


@pytest.mark.parametrize(("scope", "standing"), [("this", 25), ("following", 2), ("all", 0)])
def test_calling_off_reaches_as_far_as_it_says(series, sessions, as_coach, scope, standing):
    before = series.sessions.upcoming().count()
    as_coach.post(url(sessions[1], "cancellation"), {"scope": scope, "reason": "Snow"})

    left = series.sessions.standing().upcoming().count()
    assert left == {"this": before - 1, "following": 2, "all": 0}[scope]


@pytest.mark.parametrize(("scope", "says"), [("following", "meets until"), ("all", "ended on")])
def test_members_read_why_where_no_session_is_left_to_say_it(
    cast, series, sessions, as_coach, as_facilitator, scope, says
):
    why = "Snow closes the <road> until spring."
    as_coach.post(url(sessions[1], "cancellation"), {"scope": scope, "reason": why})

    page = as_facilitator.get(series.get_absolute_url()).content.decode()
    assert says in page
    assert escape(why) in page
    told = Notice.objects.get(kind="series.ended", recipient=cast.facilitator)
    series = Series.objects.get()
    mail = words(SeriesEnded, told, series)
    assert mail.text.count("Its page says why.") == mail.html.count("Its page says why.") == 1
    assert "Snow" not in mail.subject + mail.text + mail.html


def test_mail_promises_no_reason_where_nobody_gave_one(cast, series, sessions, as_coach):
    as_coach.post(url(sessions[1], "cancellation"), {"scope": "all", "reason": ""})

    told = Notice.objects.get(kind="series.ended", recipient=cast.facilitator)
    assert "says why" not in words(SeriesEnded, told, series).text


def test_a_called_off_session_takes_place_after_all(sessions, as_coach):
    session = sessions[0]
    as_coach.post(url(session, "cancellation"), {"scope": "this", "reason": "Snow"})
    as_coach.get(url(session, "cancellation/remove"))
    as_coach.post(url(session, "cancellation/remove"))

    assert session in Session.objects.standing()


def test_a_host_sets_turns_and_one_number_twice_is_refused(cast, series, as_coach):
    address = f"/communities/series/{series.pk}/rotation/"
    coach, facilitator = f"turn-{cast.coach.pk}", f"turn-{cast.facilitator.pk}"

    twice = as_coach.post(address, {coach: "1", facilitator: "1"})
    assert twice.status_code == 422
    assert not series.turns.exists()
    as_coach.post(address, {coach: "2", facilitator: "1"})

    assert [turn.person for turn in series.turns.all()] == [cast.facilitator, cast.coach]
    page = as_coach.get(series.get_absolute_url()).content.decode()
    assert "Amara Okafor, Dae Kim, in turn" in page


@pytest.mark.parametrize("what", ["move", "continuation", "cancellation", "edit"])
def test_a_page_of_a_change_costs_the_same_at_any_number(series, as_coach, queries_of, what):
    session = series.sessions.upcoming()[1]
    many = queries_of(as_coach, url(session, what))
    far = list(series.sessions.order_by("-starts_at").values_list("pk", flat=True)[:20])
    series.sessions.filter(pk__in=far).delete()

    assert queries_of(as_coach, url(session, what)) == many
    assert many <= 15
