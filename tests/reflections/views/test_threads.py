"""Sharing an answer with the entry's other readers."""

import pytest
from django.urls import reverse

from reflections.models import ThreadShare
from tests import make as people
from tests.communities import make as communities
from tests.reflections import make

ANSWER = "And what did the silence do?"


@pytest.fixture
def entry(cast):
    entry = make.shared_with_circle(cast)
    entry.share_with(cast.supervisor, by=cast.facilitator)
    entry.respond(by=cast.supervisor, text=ANSWER)
    return entry


def edit(entry, reader):
    return reverse("reflections:threads.edit", args=[entry.key, reader.pk])


def circle_of(entry):
    return f"community-{entry.shares.get(person=None).community_id}"


def test_buttons_name_the_other_readers(as_facilitator, entry, cast):
    answer = as_facilitator.get(edit(entry, cast.supervisor))

    assert [audience.people for audience, _shown in answer.context["choices"]] == [["Dae Kim"]]
    assert "Let 1 other person of " in answer.content.decode()


def test_it_is_opened_to_them_and_taken_back(as_facilitator, as_coach, as_supervisor, entry, cast):
    there, url = {"with": circle_of(entry)}, entry.get_absolute_url()
    assert ANSWER not in as_coach.get(url).content.decode()

    as_facilitator.post(edit(entry, cast.supervisor), there)
    page = as_coach.get(url).content.decode()
    assert ANSWER in page
    assert "Amara Okafor lets you read this." in page
    for client in (as_facilitator, as_supervisor):
        assert "The two of you and these readers can read it:" in client.get(url).content.decode()

    as_facilitator.post(edit(entry, cast.supervisor), there | {"take_back": "1"})
    assert ANSWER not in as_coach.get(url).content.decode()
    assert not ThreadShare.objects.exists()


def test_who_only_reads_a_thread_has_no_box_in_it(as_peer_partner, entry, cast):
    circle = entry.shares.get(person=None)
    communities.membership(cast.peer_partner, circle.community)
    ThreadShare.objects.show(entry, cast.supervisor, circle, by=cast.facilitator)

    page = as_peer_partner.get(entry.get_absolute_url()).content.decode()

    assert ANSWER in page
    assert "Send the answer" not in page


def test_readers_are_told_before_they_answer_that_it_can_happen(as_supervisor, as_coach, entry):
    words = "Only the two of you read your answer, unless Amara opens it to other readers"

    for client in (as_supervisor, as_coach):
        assert words in client.get(entry.get_absolute_url()).content.decode()
        new = reverse("reflections:responses.new", args=[entry.key])
        assert words in client.get(new).content.decode()


@pytest.mark.parametrize("reader", ["", "user-0", "nonsense", "community-999999"])
def test_a_reader_who_is_not_listed_is_refused_in_words(as_facilitator, entry, cast, reader):
    answer = as_facilitator.post(edit(entry, cast.supervisor), {"with": reader})

    assert answer.status_code == 422
    assert "Choose one of the readers listed here." in answer.content.decode()


def test_where_nobody_else_reads_it_the_page_says_so(as_facilitator, cast):
    entry = make.shared_with_supervisor(cast)
    entry.respond(by=cast.supervisor, text=ANSWER)

    page = as_facilitator.get(edit(entry, cast.supervisor)).content.decode()

    assert "Nobody else reads this reflection." in page


def test_someone_without_a_thread_is_not_there(as_facilitator, entry, cast):
    assert as_facilitator.get(edit(entry, cast.coach)).status_code == 404


def test_pages_take_as_many_queries_for_thirty_threads_as_for_one(
    as_facilitator, as_coach, entry, cast
):
    circle = entry.shares.get(person=None)

    as_coach.get(entry.get_absolute_url())  # the first time is noted

    def fill(threads):
        for _ in range(threads):
            reader = people.person()
            people.supervision(reader, cast.facilitator, cast.northside.agency)
            entry.share_with(reader, by=cast.facilitator)
            entry.respond(by=reader, text="And then?")
            ThreadShare.objects.show(entry, reader, circle, by=cast.facilitator)
        as_facilitator.get(entry.get_absolute_url())  # that it is read is noted, once
        return (
            make.queries(as_facilitator, entry.get_absolute_url()),
            make.queries(as_coach, entry.get_absolute_url()),
            make.queries(as_facilitator, edit(entry, cast.supervisor)),
        )

    few = fill(1)
    assert few == fill(9)
    assert max(few) <= 12
