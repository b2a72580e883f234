"""Answering for a session, and what its host reads."""

import pytest

from communities.models import Rsvp
from tests.communities import make


@pytest.fixture
def session(cast):
    return make.session(make.circle(cast))


def answer_url(session) -> str:
    return f"/communities/sessions/{session.pk}/rsvp/"


def test_a_member_answers_on_the_sessions_page(as_facilitator, session):
    assert "Send my answer" in as_facilitator.get(session.get_absolute_url()).content.decode()

    answer = as_facilitator.post(answer_url(session), {"answer": "yes", "word": "With tea"})

    assert answer.url == session.get_absolute_url()
    page = as_facilitator.get(session.get_absolute_url()).content.decode()
    assert "Change my answer" in page and "With tea" in page


def test_the_host_reads_counts_and_words_and_a_member_does_not(
    cast, as_coach, as_facilitator, as_admin, session
):
    Rsvp.give(session, cast.facilitator, answer="maybe", word="The bus is unsure")

    for client in (as_coach, as_admin):
        page = client.get(session.get_absolute_url()).content.decode()
        assert "Maybe: 1" in page and "The bus is unsure" in page and "Amara Okafor" in page
    Rsvp.give(session, cast.coach, answer="yes", word="To myself")
    page = as_facilitator.get(session.get_absolute_url()).content.decode()
    assert "To myself" not in page and "Maybe: 1" not in page


def test_no_answer_is_asked_for_in_words_and_nothing_is_lost(as_facilitator, session):
    answer = as_facilitator.post(answer_url(session), {"answer": "", "word": "I wrote this"})

    assert answer.status_code == 422
    assert "Choose yes, no or maybe." in answer.content.decode()
    assert "I wrote this" in answer.content.decode()


def test_a_session_called_off_meanwhile_says_so(cast, as_facilitator, session):
    session.cancel(by=cast.coach)

    answer = as_facilitator.post(answer_url(session), {"answer": "yes"})

    assert answer.status_code == 422
    assert "This session is called off" in answer.content.decode()
    assert "Send my answer" not in as_facilitator.get(session.get_absolute_url()).content.decode()


def test_the_series_page_asks_for_the_next_one(cast, as_facilitator, as_coach, session):
    session = session.series.sessions.upcoming()[0]
    url = session.series.get_absolute_url()
    assert "Say whether you are coming" in as_facilitator.get(url).content.decode()

    Rsvp.give(session, cast.facilitator, answer="no")

    assert "I cannot come" in as_facilitator.get(url).content.decode()
    assert "Not coming: 1" in as_coach.get(url).content.decode()


def test_answers_cost_the_same_at_any_number(cast, as_coach, session, queries_of):
    Rsvp.give(session, cast.facilitator, answer="no")
    few = queries_of(as_coach, session.get_absolute_url())
    for person in (cast.coach, cast.supervisor, cast.peer_partner):
        Rsvp.give(session, person, answer="yes", word="Yes")

    assert queries_of(as_coach, session.get_absolute_url()) == few <= 15
