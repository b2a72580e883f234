"""Saying it, choosing who sees it, and a member's page."""

import uuid

import pytest
from django.urls import reverse

from communities.models import Celebration
from tests.communities import make, make_exchange

INDEX = reverse("communities:celebrations.index")


@pytest.fixture
def circle(cast):
    """The facilitator and the newcomer are members, the coach hosts."""
    made = make.circle(cast, "Tuesday circle")
    make.membership(cast.newcomer, made)
    return made


@pytest.fixture
def said(circle, cast):
    return make_exchange.celebration(circle, cast.facilitator, cast.coach, text="You waited.")


def test_a_member_celebrates_another_once(as_coach, circle, cast):
    url = reverse("communities:celebrations.new", args=[circle.pk])
    sent = {
        "person": cast.facilitator.pk,
        "kind": "failure",
        "text": "You told us what went wrong.",
        "key": uuid.uuid4(),
    }
    for _ in range(2):
        assert as_coach.post(url, sent).status_code == 302

    assert Celebration.objects.get().person == cast.facilitator


@pytest.mark.parametrize("who", ["coach", "admin", "peer_partner"])
def test_oneself_and_outsiders_cannot_be_chosen(as_coach, circle, cast, who):
    url = reverse("communities:celebrations.new", args=[circle.pk])

    answer = as_coach.post(
        url, {"person": getattr(cast, who).pk, "kind": "learned", "text": "Well done"}
    )

    assert list(answer.context["form"].errors) == ["person"]
    assert "Well done" in answer.content.decode()


def test_agreeing_shows_it_in_the_community_and_on_their_page(
    as_facilitator, as_newcomer, said, circle, cast
):
    page = reverse("communities:people.show", args=[circle.pk, cast.facilitator.pk])
    assert "You waited." not in as_newcomer.get(page).content.decode()

    as_facilitator.post(said.get_absolute_url(), {"audience": circle.pk})

    for url in (page, circle.get_absolute_url(), INDEX):
        assert "You waited." in as_newcomer.get(url).content.decode()


def test_a_no_is_quiet_and_can_become_a_yes(as_facilitator, as_newcomer, said, circle):
    as_facilitator.post(said.get_absolute_url(), {"audience": "no"})
    assert "You waited." not in as_facilitator.get(INDEX).content.decode()

    as_facilitator.post(said.get_absolute_url(), {"audience": circle.pk})

    assert "You waited." in as_newcomer.get(INDEX).content.decode()


def test_withdrawing_it(as_facilitator, as_newcomer, said, circle, cast):
    said.agree(by=cast.facilitator, community=circle)

    as_facilitator.post(said.get_absolute_url(), {"audience": "us"})

    assert "You waited." not in as_newcomer.get(circle.get_absolute_url()).content.decode()
    assert "You waited." in as_facilitator.get(INDEX).content.decode()


def test_who_said_it_cannot_tell_a_no_from_a_quiet_yes(as_coach, said, circle, cast):
    other = make_exchange.celebration(circle, cast.facilitator, cast.coach, text="You waited.")
    said.decline(by=cast.facilitator)
    no = as_coach.get(INDEX).content.decode()
    said.take_back(by=cast.coach)
    other.agree(by=cast.facilitator, community=None)

    assert no.count("Between the two of you") == 1
    assert as_coach.get(INDEX).content.decode().count("Between the two of you") == 1


def test_an_audience_that_is_none_is_refused(as_facilitator, said):
    answer = as_facilitator.post(said.get_absolute_url(), {"audience": "everyone"})

    assert answer.status_code == 422


def test_taking_it_back(as_coach, as_newcomer, said, circle, cast):
    said.agree(by=cast.facilitator, community=circle)
    url = reverse("communities:celebrations.remove", args=[said.pk])

    assert as_newcomer.post(url).status_code == 403
    as_coach.post(url)

    assert not Celebration.objects.exists()


def test_someone_who_is_no_member_has_no_page_there(as_coach, circle, cast):
    for person in (cast.admin, cast.riverbend.facilitator):
        url = reverse("communities:people.show", args=[circle.pk, person.pk])
        assert as_coach.get(url).status_code == 404


def test_lists_cost_the_same_with_more_in_them(as_facilitator, said, circle, cast, queries_of):
    page = reverse("communities:people.show", args=[circle.pk, cast.facilitator.pk])
    said.agree(by=cast.facilitator, community=circle)
    make_exchange.celebration(circle, cast.coach, cast.facilitator)
    make_exchange.celebration(circle, cast.facilitator, cast.coach)
    one = [queries_of(as_facilitator, url) for url in (INDEX, page)]
    for _ in range(3):
        more = make_exchange.celebration(circle, cast.facilitator, cast.newcomer)
        more.agree(by=cast.facilitator, community=circle)
        make_exchange.celebration(circle, cast.newcomer, cast.facilitator)

    assert [queries_of(as_facilitator, url) for url in (INDEX, page)] == one
    assert max(one) <= 15
