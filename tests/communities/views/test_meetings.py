"""The meeting's page, for host and members, and what is entered on it."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from communities.codes import code_of
from communities.models import (
    AgendaCut,
    Attendance,
    CaseRound,
    Commitment,
    NotesVersion,
    Session,
    Step,
    Turn,
)
from portal.practice.models import Skill
from tests.communities import make, make_meetings

HTMX = {"HTTP_HX_REQUEST": "true"}
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def session(cast) -> Session:
    return make_meetings.meeting(make.circle(cast), reflection_minutes=20)


@pytest.fixture
def url(session) -> str:
    return f"/communities/sessions/{session.pk}/"


def test_a_page_that_has_seen_all_gets_nothing_and_news_otherwise(url, as_coach, as_facilitator):
    meeting = f"{url}meeting/"
    stamp = as_facilitator.get(meeting).context["stamp"]

    assert as_facilitator.get(f"{meeting}?seen={stamp}", **HTMX).status_code == 204
    as_coach.post(f"{meeting}turn/", {"kind": "lesson"})
    news = as_facilitator.get(f"{meeting}?seen={stamp}", **HTMX)

    assert news.status_code == 200
    assert news.content.decode().lstrip().startswith('<div id="live"')
    assert "minutes left" in news.content.decode()


@pytest.mark.parametrize(
    "act",
    [
        lambda cast, s: s.focus_on(Skill.objects.first(), by=cast.coach),
        lambda cast, s: make_meetings.notes(s, cast.coach),
        lambda cast, s: Attendance.mark(s, cast.facilitator, by=cast.coach),
        lambda cast, s: make_meetings.case_round(s, cast.facilitator),
        lambda cast, s: s.promise(
            person=cast.facilitator, text="Ask", due_on=s.original_day, shown=True
        ),
    ],
)
def test_whatever_happens_is_news(cast, session, url, as_facilitator, act):
    stamp = as_facilitator.get(f"{url}meeting/").context["stamp"]
    act(cast, session)

    assert as_facilitator.get(f"{url}meeting/?seen={stamp}", **HTMX).status_code == 200


def test_a_tap_that_is_taken_back_is_news_too(cast, session, url, as_coach):
    Attendance.mark(session, cast.facilitator, by=cast.coach)
    stamp = as_coach.get(f"{url}meeting/").context["stamp"]
    as_coach.post(f"{url}attendance/", {"person": cast.facilitator.pk})

    assert as_coach.get(f"{url}meeting/?seen={stamp}", **HTMX).status_code == 200
    assert Attendance.objects.get().came is False


def test_the_clock_is_set_by_the_host_and_two_presses_are_one(url, as_coach):
    for _press in range(2):
        as_coach.post(f"{url}meeting/turn/", {"kind": "lesson"})
        as_coach.post(f"{url}meeting/turn/", {"more": "5", "had": "0"})

    assert [(turn.kind, turn.more) for turn in Turn.objects.all()] == [("lesson", 0), ("lesson", 5)]


def test_moving_on_early_asks_why_on_a_page_of_its_own(url, as_coach):
    turn = f"{url}meeting/turn/"
    as_coach.post(turn, {"kind": "discussion"})
    asked = as_coach.post(turn, {"kind": "over"})

    assert asked.status_code == 422
    assert "minutes to reflect" in asked.content.decode()
    assert "(optional)" not in asked.content.decode()
    assert as_coach.post(turn, {"kind": "over"}, **HTMX)["HX-Redirect"] == f"{turn}?kind=over"
    assert 'value="over"' in as_coach.get(f"{turn}?kind=over").content.decode()
    assert as_coach.post(turn, {"kind": "over", "why": "Snow"}).status_code == 302
    assert AgendaCut.objects.get().reason == "Snow"


def test_a_called_off_session_says_so_and_does_nothing(cast, session, url, as_coach):
    Session.objects.filter(pk=session.pk).update(ends_at=timezone.now() + timedelta(hours=2))
    session.refresh_from_db()
    session.cancel(by=cast.coach, reason="Snow")

    page = as_coach.get(f"{url}meeting/").content.decode()
    as_coach.post(f"{url}meeting/turn/", {"kind": "lesson"})
    as_coach.post(f"{url}attendance/", {"everyone": "on"})

    assert "This session is called off" in page
    assert "hx-get" not in page.partition("<main")[2].partition("</main>")[0]
    assert (Turn.objects.count(), Attendance.objects.count()) == (0, 0)


def test_before_it_opens_the_page_says_when(cast, url, session, as_facilitator):
    Session.objects.filter(pk=session.pk).update(
        starts_at=timezone.now() + timedelta(hours=5), ends_at=timezone.now() + timedelta(hours=6)
    )
    page = as_facilitator.get(f"{url}meeting/").content.decode()

    assert "The meeting opens on" in page
    assert "<shared-notes" not in page


def test_the_focus_is_set_from_the_page(url, session, as_coach):
    skill = Skill.objects.first()
    as_coach.post(f"{url}focus/", {"focus": f"skill-{skill.pk}"})
    session.refresh_from_db()
    assert session.focus == skill
    as_coach.post(f"{url}focus/", {"focus": ""})
    session.refresh_from_db()
    assert session.focus is None


def test_a_host_taps_and_everyone_else_at_once(cast, session, url, as_coach):
    as_coach.post(f"{url}attendance/", {"person": cast.facilitator.pk, "came": "on"})
    as_coach.post(f"{url}attendance/", {"person": cast.facilitator.pk})
    for _press in range(2):
        as_coach.post(f"{url}attendance/", {"everyone": "on"})

    known = {each.person: each.came for each in session.attendances.all()}
    assert known == {cast.facilitator: False, cast.coach: True}


def test_someone_who_is_no_member_cannot_be_tapped(cast, url, as_coach):
    for person in (cast.peer_partner.pk, cast.riverbend.admin.pk, 10**12, ""):
        answer = as_coach.post(f"{url}attendance/", {"person": person, "came": "on"})
        assert answer.status_code == 404

    assert Attendance.objects.count() == 0


def test_a_member_says_i_am_here_with_the_code(cast, session, url, as_facilitator, as_coach):
    here = f"{url}attendance/here/"
    code = code_of(session.pk, timezone.now())

    assert code in as_coach.get(f"{url}meeting/wall/").content.decode()
    assert code not in as_facilitator.get(f"{url}meeting/").content.decode()
    assert as_facilitator.post(here, {"code": "WRONG"}).status_code == 422
    assert as_facilitator.post(here, {"code": code}).status_code == 302
    assert Attendance.objects.get(person=cast.facilitator).way == "code"


def test_guessing_a_code_is_stopped(session, url, as_facilitator):
    answers = [
        as_facilitator.post(f"{url}attendance/here/", {"code": f"GUESS{n}"}).status_code
        for n in range(11)
    ]

    assert answers == [422] * 10 + [429]


def test_attendance_is_put_right_with_a_reason_and_a_tap_does_not_undo_it(
    cast, session, url, as_coach
):
    page = f"{url}attendance/{cast.facilitator.pk}/"
    assert as_coach.post(page, {"came": "yes", "reason": " "}).status_code == 422
    as_coach.post(page, {"came": "yes", "reason": "She came by phone."})
    as_coach.post(f"{url}attendance/", {"person": cast.facilitator.pk})

    attendance = session.attendances.get()
    assert attendance.came is True
    assert [each.reason for each in attendance.corrections.all()] == ["She came by phone."]
    assert "put right" in as_coach.get(url).content.decode()
    assert "She came by phone." in as_coach.get(page).content.decode()


def test_taps_count_for_a_day_and_then_it_asks_for_a_reason(cast, session, url, as_coach):
    gone = timedelta(days=2)
    Session.objects.filter(pk=session.pk).update(
        starts_at=session.starts_at - gone, ends_at=session.ends_at - gone
    )
    as_coach.post(f"{url}attendance/", {"everyone": "on"})
    assert Attendance.objects.count() == 0
    as_coach.post(f"{url}attendance/{cast.facilitator.pk}/", {"came": "yes", "reason": "I forgot."})
    assert Attendance.objects.get().came is True


def test_notes_by_script_are_merged_and_told(cast, url, as_coach, as_facilitator):
    first = as_coach.post(f"{url}notes/", {"text": "One", "version": 0, "page": "a"}, **JSON)
    second = as_facilitator.post(f"{url}notes/", {"text": "Two", "version": 0, "page": "b"}, **JSON)

    assert first.json()["version"] == 1
    assert second.json()["text"] == "One\nTwo"
    assert as_coach.get(f"{url}notes/", **JSON).json() == second.json()


def test_notes_without_script_are_merged_and_the_writer_is_told(url, as_coach, as_facilitator):
    as_coach.post(f"{url}notes/", {"text": "One", "version": 0, "page": "a"})
    answer = as_facilitator.post(
        f"{url}notes/", {"text": "Two", "version": 0, "page": "b"}, follow=True
    )

    assert "Somebody else wrote too." in answer.content.decode()
    assert NotesVersion.objects.last().text == "One\nTwo"


@pytest.mark.parametrize(
    "strange",
    [{"text": "a\x00b", "version": 0}, {"text": "a", "version": "x"}, {"text": "a" * 20_001}],
)
def test_strange_notes_are_refused_with_what_was_typed(url, as_coach, strange):
    sent = {"version": 0, "page": "a"} | strange
    by_script = as_coach.post(f"{url}notes/", sent, **JSON)
    by_form = as_coach.post(f"{url}notes/", sent)

    assert (by_script.status_code, by_form.status_code) == (422, 422)
    assert json.loads(by_script.content)["errors"]
    assert NotesVersion.objects.count() == 0


def test_earlier_versions_are_read_with_their_author(cast, session, url, as_facilitator):
    version = make_meetings.notes(session, cast.coach, "We talked")

    index = as_facilitator.get(f"{url}notes/versions/").content.decode()
    assert "Dae Kim" in index
    page = as_facilitator.get(f"{url}notes/versions/{version.number}/").content.decode()
    assert "We talked" in page
    assert as_facilitator.get(f"{url}notes/versions/99/").status_code == 404


def test_a_promise_says_who_sees_it_and_shows_unless_it_is_kept_to_oneself(
    cast, session, url, as_facilitator, as_coach
):
    page = as_facilitator.get(f"{url}meeting/").content.decode()
    assert "see it on this session's page" in page
    due = timezone.localdate() + timedelta(days=7)
    new = f"/communities/commitments/new/?session={session.pk}&meeting=1"
    for text, private in (("Ask first", {}), ("Rest", {"only_me": "on"})):
        answer = as_facilitator.post(new, {"text": text, "due_on": due} | private)
        assert answer["Location"] == f"{url}meeting/"

    for there in (f"{url}meeting/", url):
        others = as_coach.get(there).content.decode()
        assert "Ask first" in others
        assert "Rest" not in others
        assert "Rest" in as_facilitator.get(there).content.decode()


def test_open_ones_are_carried_to_the_next_session_and_settled_there(
    cast, session, url, as_facilitator, as_coach
):
    earlier = session.series.sessions.upcoming().last()
    Session.objects.filter(pk=earlier.pk).update(
        starts_at=session.starts_at - timedelta(days=7),
        ends_at=session.ends_at - timedelta(days=7),
    )
    due = timezone.localdate()
    shown, hidden = (
        earlier.promise(person=cast.facilitator, text=text, due_on=due, shown=shown)
        for text, shown in (("Ask first", True), ("Rest", False))
    )

    assert [c.text for c in as_facilitator.get(f"{url}meeting/").context["carried"]] == [
        "Ask first",
        "Rest",
    ]
    assert [c.text for c in as_coach.get(f"{url}meeting/").context["carried"]] == ["Ask first"]

    back = f"?session={session.pk}"
    next_on = due + timedelta(days=7)
    as_facilitator.post(
        f"/communities/commitments/{hidden.pk}/{back}", {"kind": "not_yet", "next_on": next_on}
    )
    answer = as_facilitator.post(f"/communities/commitments/{shown.pk}/{back}", {"kind": "tried"})
    assert answer["Location"] == f"{url}meeting/"
    assert [c.text for c in as_facilitator.get(f"{url}meeting/").context["carried"]] == ["Rest"]
    assert Commitment.objects.get(pk=hidden.pk).due_on == next_on
    later = as_facilitator.get(f"{url}meeting/").content.decode()
    assert "Not yet</button>" not in later
    assert f'href="/communities/commitments/{hidden.pk}/{back}"' in later


def test_a_case_goes_its_way_and_only_its_presenter_reads_suggestions(
    cast, session, url, as_facilitator, as_coach, as_admin
):
    as_facilitator.post(f"{url}cases/new/", {"question": "How do I ask?"})
    case = CaseRound.objects.get()
    there = f"/communities/cases/{case.pk}/"
    assert as_coach.post(f"{there}suggestions/new/", {"text": "Wait"}).status_code == 422
    as_coach.post(f"{there}step/", {"step": Step.RECOMMENDATIONS})
    assert as_coach.post(f"{there}suggestions/new/", {"text": "Wait"}).status_code == 302

    assert "Wait" in as_facilitator.get(there).content.decode()
    assert "Wait" in as_coach.get(there).content.decode()
    assert "Wait</p>" not in as_admin.get(there).content.decode()
    assert as_coach.post(f"{there}step/", {"step": "lunch"}).status_code == 302
    assert as_facilitator.post(f"{there}step/", {"step": "summary"}).status_code == 403


@pytest.mark.parametrize("where", ["meeting/", "meeting/wall/", "notes/versions/", ""])
def test_pages_cost_the_same_with_any_number_of_everything(
    cast, session, url, as_coach, queries_of, where
):
    def more(number: int) -> None:
        make_meetings.save_notes(session, f"n{number}", base=number, page="", by=cast.coach)
        case = make_meetings.case_round(session, cast.facilitator, f"How {number}?")
        case.move_to("question", by=cast.coach)
        for who in (cast.facilitator, cast.coach):
            session.promise(
                person=who, text=f"Ask {number}", due_on=session.original_day, shown=True
            )
            make.commitment(who)
        Attendance.mark(session, (cast.facilitator, cast.coach)[number % 2], by=cast.coach)

    more(0)
    few = queries_of(as_coach, url + where)
    for number in (1, 2, 3):
        more(number)

    assert queries_of(as_coach, url + where) == few
    assert few <= 15
