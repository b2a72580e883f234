"""Answers, and what waits for one."""

import pytest
from django.urls import reverse

from tests.communities import make as communities
from tests.reflections import make

INDEX = reverse("reflections:responses.index")


def new(entry):
    return reverse("reflections:responses.new", args=[entry.key])


def test_a_supervisor_answers_and_it_waits_no_more(as_supervisor, cast):
    entry = make.shared_with_supervisor(cast)
    assert list(as_supervisor.get(INDEX).context["entries"]) == [entry]

    answer = as_supervisor.post(new(entry), {"text": "And then?"})

    assert answer.status_code == 302
    assert list(as_supervisor.get(INDEX).context["entries"]) == []


def test_the_list_shows_no_word_of_what_waits(as_supervisor, cast):
    make.shared_with_supervisor(cast)

    page = as_supervisor.get(INDEX).content.decode()

    assert cast.facilitator.name in page
    assert make.SECRET not in page


def test_the_author_replies_in_the_thread_they_name(as_facilitator, cast):
    entry = make.shared_with_supervisor(cast)
    entry.respond(by=cast.supervisor, text="And then?")

    as_facilitator.post(new(entry), {"text": "She spoke.", "reader": cast.supervisor.pk})

    last = entry.responses.last()
    assert (last.by, last.reader, last.text) == (cast.facilitator, cast.supervisor, "She spoke.")


def test_a_reader_cannot_write_in_anothers_thread(as_coach, cast):
    entry = make.shared_with_supervisor(cast)
    entry.share_with(cast.coach, by=cast.facilitator)

    as_coach.post(new(entry), {"text": "Me too", "reader": cast.supervisor.pk})

    assert entry.responses.get().reader == cast.coach


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (" ", "Write your answer first."),
        ("a" * 10_001, "Shorten your answer: it can be up to 10,000 characters long."),
    ],
)
def test_an_answer_that_will_not_do_comes_back_with_words(as_supervisor, cast, text, words):
    entry = make.shared_with_supervisor(cast)

    answer = as_supervisor.post(new(entry), {"text": text})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not entry.responses.exists()


def test_a_peer_is_told_who_answers_and_gets_no_box(as_peer_partner, cast):
    entry = make.shared_with_circle(cast)
    communities.membership(cast.peer_partner, entry.shares.get().community)

    page = as_peer_partner.get(entry.get_absolute_url()).content.decode()
    answer = as_peer_partner.post(new(entry), {"text": "Me too"})

    assert "Supervisors and coaches answer here." in page
    assert "Send the answer" not in page
    assert answer.status_code == 403
    assert not entry.responses.exists()


def test_the_list_takes_as_many_queries_for_thirty_as_for_one(as_supervisor, cast):
    def fill(entries):
        for _ in range(entries):
            make.shared_with_supervisor(cast)
        return make.queries(as_supervisor, INDEX)

    assert fill(1) == fill(29) <= 12
