"""The agreement as members and hosts meet it."""

import pytest

from communities.models import Agreement
from tests import make as house
from tests.communities import make, make_belonging


@pytest.fixture
def circle(cast):
    return make.circle(cast)


def test_a_host_writes_it_and_a_member_says_yes(circle, as_coach, as_facilitator, cast):
    url = f"/communities/{circle.pk}/agreement/"
    as_coach.post(f"{url}new/", {"text": "It stays here.", "after": 0})
    agreement = Agreement.objects.get()

    page = as_facilitator.get(circle.get_absolute_url()).content.decode()
    assert "Read the agreement" in page
    assert "Next sessions" in page  # it is no wall
    assert "It stays here." in as_facilitator.get(url).content.decode()
    as_facilitator.post(f"/communities/agreements/{agreement.pk}/acceptance/")

    page = as_facilitator.get(circle.get_absolute_url()).content.decode()
    assert "Read the agreement" not in page
    assert agreement.acceptances.filter(person=cast.facilitator).exists()


def test_reading_alone_accepts_nothing(circle, as_facilitator, cast):
    agreement = make_belonging.agreement(circle, cast)

    as_facilitator.get(f"/communities/agreements/{agreement.pk}/acceptance/")

    assert agreement.acceptances.count() == 0


def test_an_old_version_is_readable_and_not_accepted_any_more(circle, as_facilitator, cast):
    first = make_belonging.agreement(circle, cast, text="We are kind.")
    second = make_belonging.agreement(circle, cast, text="We are on time.", what_changed="Time")

    answer = as_facilitator.post(f"/communities/agreements/{first.pk}/acceptance/", follow=True)
    pages = [
        as_facilitator.get(each.get_absolute_url()).content.decode() for each in (first, second)
    ]

    assert "There is a newer version" in answer.content.decode()
    assert first.acceptances.count() == 0
    assert "replaced by a later version" in pages[0]
    assert "<del>" in pages[1]
    assert "Time" in pages[1]


def test_two_hosts_writing_lose_nothing(circle, as_coach, as_admin, cast):
    url = f"/communities/{circle.pk}/agreement/new/"
    as_admin.post(url, {"text": "The admin's words", "after": 0})

    answer = as_coach.post(url, {"text": "The host's words", "after": 0})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The admin&#x27;s words" in page
    assert "The host&#x27;s words" in page
    form = answer.context["form"]
    sent = {"text": "The host's words", "after": form["after"].value(), "what_changed": "Both"}
    as_coach.post(url, sent)
    assert [a.text for a in circle.agreements.all()] == ["The host's words", "The admin's words"]


def test_only_those_who_run_it_see_who_said_yes(circle, as_coach, as_facilitator, cast):
    make_belonging.agreement(circle, cast).accept(person=cast.facilitator)
    url = f"/communities/{circle.pk}/agreement/"

    assert "Who said yes" in as_coach.get(url).content.decode()
    assert "Who said yes" not in as_facilitator.get(url).content.decode()


def test_nothing_of_it_is_seen_from_outside(circle, as_newcomer, as_stranger, cast):
    agreement = make_belonging.agreement(circle, cast)
    urls = [
        f"/communities/{circle.pk}/agreement/",
        agreement.get_absolute_url(),
        f"/communities/agreements/{agreement.pk}/acceptance/",
    ]

    answers = {c.get(url).status_code for c in (as_newcomer, as_stranger) for url in urls}

    assert answers == {404}


def test_its_page_costs_the_same_at_one_and_at_many(circle, as_coach, cast, queries_of):
    url = f"/communities/{circle.pk}/agreement/"
    make_belonging.agreement(circle, cast, text="0")
    few = queries_of(as_coach, url)
    for number in range(1, 4):
        person = house.person()
        house.position(person, cast.northside.agency)
        make.membership(person, circle)
        make_belonging.agreement(circle, cast, text=str(number)).accept(person=person)

    assert queries_of(as_coach, url) == few
    assert few <= 15
