"""Sharing: the button names the readers."""

import pytest
from django.urls import reverse

from tests import make as people
from tests.communities import make as communities
from tests.reflections import make


def new(entry):
    return reverse("reflections:shares.new", args=[entry.key])


def words(answer):
    return [audience.words for audience in answer.context["choices"]]


def test_the_buttons_name_the_readers(as_facilitator, cast):
    circle = communities.circle(cast, "Northside Fridays")
    for _ in range(13):
        person = people.person()
        people.position(person, cast.northside.agency)
        communities.membership(person, circle)

    answer = as_facilitator.get(new(make.kept(cast.facilitator)))

    assert words(answer) == ["Dae Kim", "Carol Lindqvist", "the 14 people of Northside Fridays"]
    assert "Share with the 14 people of Northside Fridays" in answer.content.decode()


def test_someone_who_left_the_agency_is_not_counted(as_facilitator, cast):
    circle = communities.circle(cast, "Northside Fridays")
    communities.membership(cast.leaver, circle)

    answer = as_facilitator.get(new(make.kept(cast.facilitator)))

    assert words(answer)[-1] == "1 other person of Northside Fridays"


def test_sharing_opens_it_and_offers_it_no_more(as_facilitator, cast):
    entry = make.kept(cast.facilitator)

    as_facilitator.post(new(entry), {"with": f"user-{cast.supervisor.pk}"})

    assert [share.reader for share in entry.shares.all()] == [cast.supervisor]
    assert words(as_facilitator.get(new(entry))) == ["Dae Kim"]


def test_after_sharing_sentences_begin_with_a_capital(as_facilitator, cast):
    circle = communities.circle(cast, "Northside Fridays")
    newcomer = people.person()
    people.position(newcomer, cast.northside.agency)
    communities.membership(newcomer, circle)
    sent = {"with": f"community-{circle.pk}"}

    answer = as_facilitator.post(new(make.kept(cast.facilitator)), sent, follow=True)

    content = answer.content.decode()
    assert "Shared with the 2 people of Northside Fridays. You can take it back" in content
    assert '<span class="rows__title">The 2 people of Northside Fridays</span>' in content


@pytest.mark.parametrize("reader", ["", "user-0", "nonsense", "community-999999"])
def test_a_reader_who_is_not_listed_is_refused_in_words(as_facilitator, cast, reader):
    entry = make.kept(cast.facilitator)

    answer = as_facilitator.post(new(entry), {"with": reader})

    assert answer.status_code == 422
    assert "Choose one of the readers listed here." in answer.content.decode()
    assert not entry.shares.exists()


def test_a_draft_is_finished_before_it_is_shared(as_facilitator, cast):
    draft = make.draft(cast.facilitator)

    answer = as_facilitator.get(new(draft))

    assert answer["Location"] == reverse("reflections:reflections.edit", args=[draft.key])


def test_taking_it_back_explains_first(as_facilitator, as_supervisor, cast):
    entry = make.shared_with_supervisor(cast)
    url = reverse("reflections:shares.remove", args=[entry.shares.get().pk])

    assert "closed to Carol Lindqvist" in as_facilitator.get(url).content.decode()
    as_facilitator.post(url)

    assert as_supervisor.get(entry.get_absolute_url()).status_code == 404


def test_the_page_takes_as_many_queries_for_thirty_communities_as_for_one(as_facilitator, cast):
    entry = make.kept(cast.facilitator)

    def fill(groups):
        for _ in range(groups):
            communities.circle(cast)
        return make.queries(as_facilitator, new(entry))

    assert fill(1) == fill(29) <= 12
