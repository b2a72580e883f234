"""A session's page, its agenda, and calling it off."""

import re
from datetime import timedelta

import pytest

from communities.models import AgendaItem, Session
from portal.practice.models import Skill
from tests.communities import make, make_meetings

MINUTES = {"lesson": 10, "activity": 20, "discussion": 12, "commitments": 8, "debrief": 10}


@pytest.fixture
def session(cast) -> Session:
    return make.session(make.circle(cast), reflection_minutes=20)


def test_times_are_in_the_readers_zone_and_in_the_sessions(cast, session, as_person):
    cast.facilitator.time_zone = "Asia/Kolkata"
    cast.facilitator.save()
    client = as_person(cast.facilitator)

    page = client.get(f"/communities/sessions/{session.pk}/").content.decode()

    assert "IST" in page
    assert "3 p.m. E" in page  # EST or EDT: where the session is


def test_a_reader_in_the_sessions_zone_reads_one_time(session, as_facilitator):
    page = as_facilitator.get(f"/communities/sessions/{session.pk}/").content.decode()

    assert "There:" not in page


def test_of_what_is_not_shown_there_only_mine_is(cast, session, as_facilitator):
    mine, other = (
        session.promise(person=person, text=f"Mine, {person.name}", due_on=session.original_day)
        for person in (cast.facilitator, cast.coach)
    )

    page = as_facilitator.get(f"/communities/sessions/{session.pk}/")

    assert [taking.commitment for taking in page.context["takings"]] == [mine]
    assert other.text not in page.content.decode()


def test_a_host_sets_focus_and_agenda(session, as_coach):
    skill = Skill.objects.first()

    as_coach.post(
        f"/communities/sessions/{session.pk}/agenda/", MINUTES | {"focus": f"skill-{skill.pk}"}
    )

    session.refresh_from_db()
    assert session.focus == skill
    assert [(i.kind, i.minutes) for i in session.agenda.all()] == list(MINUTES.items())


def test_minutes_changed_in_the_meeting_lead_back_to_it(session, as_coach):
    url = f"/communities/sessions/{session.pk}/"

    for query, home in ("", url), ("?meeting=1", f"{url}meeting/"):
        assert f'href="{home}"' in as_coach.get(f"{url}agenda/{query}").content.decode()
        assert as_coach.post(f"{url}agenda/{query}", MINUTES)["Location"] == home


def test_while_it_meets_its_meeting_is_the_one_full_button(cast, as_coach):
    session = make_meetings.meeting(make.circle(cast))

    shown = as_coach.get(f"/communities/sessions/{session.pk}/").content.decode()

    assert re.findall(r'class="button"[^>]*', shown) == [
        f'class="button" href="/communities/sessions/{session.pk}/meeting/"'
    ]


def test_less_time_to_reflect_asks_why_and_changes_nothing_yet(session, as_coach):
    url = f"/communities/sessions/{session.pk}/agenda/"
    short = MINUTES | {"discussion": 0, "focus": f"skill-{Skill.objects.first().pk}"}

    asked = as_coach.post(url, short)

    session.refresh_from_db()
    assert asked.status_code == 422
    assert asked.context["form"].errors["why"][0].startswith("This leaves 10 minutes to reflect")
    assert (session.focus, AgendaItem.objects.count()) == (None, 0)
    assert as_coach.post(url, short | {"why": "A visitor speaks."}).status_code == 302


def test_a_host_calls_it_off(cast, session, as_coach):
    as_coach.post(f"/communities/sessions/{session.pk}/cancellation/", {"reason": "Snow"})

    session.refresh_from_db()
    assert session.cancellation.reason == "Snow"
    assert session.cancellation.by == cast.coach


def test_what_is_over_cannot_be_called_off(session, as_coach):
    Session.objects.filter(pk=session.pk).update(
        starts_at=session.starts_at - timedelta(days=40),
        ends_at=session.ends_at - timedelta(days=40),
    )

    answer = as_coach.post(f"/communities/sessions/{session.pk}/cancellation/", {"reason": "Snow"})

    assert answer.status_code == 422
    assert "This session is over." in answer.content.decode()


def test_a_session_costs_the_same_with_any_number_of_commitments(
    cast, session, as_facilitator, queries_of
):
    url = f"/communities/sessions/{session.pk}/"
    session.promise(person=cast.facilitator, text="One", due_on=session.original_day)
    few = queries_of(as_facilitator, url)
    for text in ("Two", "Three"):
        session.promise(person=cast.facilitator, text=text, due_on=session.original_day)

    assert queries_of(as_facilitator, url) == few
    assert few <= 15


def test_what_is_to_come_does_not_ask_who_came_nor_what_is_over_who_means_to(session, as_coach):
    url = f"/communities/sessions/{session.pk}/"
    ahead = as_coach.get(url).content.decode()
    Session.objects.filter(pk=session.pk).update(
        starts_at=session.starts_at - timedelta(days=40),
        ends_at=session.ends_at - timedelta(days=40),
    )
    behind = as_coach.get(url).content.decode()

    assert ("Who plans to come" in ahead, "Who came</h2>" in ahead) == (True, False)
    assert ("Who plans to come" in behind, "Who came</h2>" in behind) == (False, True)
