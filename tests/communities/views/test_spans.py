"""Agencies that share a community, as their admins and members meet it."""

import pytest

from communities.models import SpanProposal
from tests.communities import make, make_belonging


@pytest.fixture
def as_other_admin(cast, as_person):
    return as_person(cast.riverbend.admin)


def ask(client, circle, email: str):
    return client.post(f"/communities/{circle.pk}/agencies/", {"email": email}, follow=True)


def test_one_admin_asks_and_the_other_says_yes(cast, as_admin, as_other_admin):
    circle = make.circle(cast, "Fridays")
    ask(as_admin, circle, cast.riverbend.admin.email)

    listed = as_other_admin.get("/communities/spans/").content.decode()
    assert "Fridays" in listed
    url = SpanProposal.objects.get().get_absolute_url()
    page = as_other_admin.get(url).content.decode()
    assert "Northside Family Partners asks your agency to join Fridays" in page
    assert cast.facilitator.name not in page  # who belongs to it is for members
    as_other_admin.post(url, {"accepts": "yes", "agency": cast.riverbend.agency.pk})

    assert circle.spans.get().agency == cast.riverbend.agency
    assert as_other_admin.get(circle.get_absolute_url()).status_code == 404  # no member


def test_one_says_yes_for_ones_own_agency_alone(cast, as_admin, as_other_admin):
    circle = make.circle(cast)
    ask(as_admin, circle, cast.riverbend.admin.email)
    url = SpanProposal.objects.get().get_absolute_url()

    answer = as_other_admin.post(url, {"accepts": "yes", "agency": cast.northside.agency.pk})

    assert answer.status_code == 422
    assert circle.spans.count() == 0


def test_no_is_an_answer(cast, as_admin, as_other_admin):
    circle = make.circle(cast)
    ask(as_admin, circle, cast.riverbend.admin.email)
    url = SpanProposal.objects.get().get_absolute_url()

    as_other_admin.post(url, {"accepts": "no"})

    assert as_other_admin.get(url).status_code == 404
    assert "declined" in as_admin.get(f"/communities/{circle.pk}/agencies/").content.decode()


@pytest.mark.parametrize("email", ["jules@example.org", "nobody@example.org", "ivo@example.org"])
def test_who_asks_is_told_the_same_whoever_it_is(cast, as_admin, email):
    answer = ask(as_admin, make.circle(cast), email).content.decode()

    assert f"If an admin of another agency signs in as {email}, they find it there." in answer
    assert "waits until" in answer
    assert "Riverbend" not in answer
    assert "Jules" not in answer


def test_members_see_each_other_and_nothing_else_of_the_other_agency(cast, as_person):
    circle = make_belonging.spanning_circle(cast)
    member = as_person(cast.riverbend.facilitator)

    page = member.get(circle.get_absolute_url()).content.decode()

    assert cast.facilitator.name in page
    assert cast.supervisor.name not in page
    closed = [
        f"/agencies/{cast.northside.agency.pk}/people/",
        f"/communities/{circle.pk}/members/new/",
        f"/communities/{circle.pk}/invitation/",
        f"/communities/{circle.pk}/agencies/",
        f"/communities/{make.circle(cast).pk}/",
    ]
    assert {member.get(url).status_code for url in closed} <= {403, 404}


@pytest.mark.parametrize("who", ["northside", "riverbend"])
def test_either_admin_ends_it_after_being_told_what_ends(cast, as_person, who):
    circle = make_belonging.spanning_circle(cast)
    client = as_person(getattr(cast, who).admin)
    url = f"/communities/spans/{circle.spans.get().pk}/remove/"

    page = client.get(url).content.decode()
    assert "1 membership ends at once" in page
    assert cast.riverbend.facilitator.name in page
    client.post(url)

    assert circle.spans.count() == 0
    gone = as_person(cast.riverbend.facilitator).get(circle.get_absolute_url())
    assert gone.status_code == 404


def test_a_third_agency_does_not_end_it(cast, as_person):
    circle = make.circle(cast)
    span = circle.span(make.community(cast.riverbend.agency).agency, by=None)
    other = as_person(cast.riverbend.coach)

    assert other.get(f"/communities/spans/{span.pk}/remove/").status_code == 404


def test_lists_cost_the_same_at_one_and_at_many(cast, as_admin, as_other_admin, queries_of):
    circle = make_belonging.spanning_circle(cast)
    url = f"/communities/{circle.pk}/agencies/"
    ask(as_admin, circle, "one@example.org")
    few = queries_of(as_admin, url), queries_of(as_other_admin, "/communities/spans/")
    for number in range(3):
        ask(as_admin, circle, f"{number}@example.org")
        make.circle(cast).span(cast.riverbend.agency, by=None)

    assert (queries_of(as_admin, url), queries_of(as_other_admin, "/communities/spans/")) == few
    assert max(few) <= 15
