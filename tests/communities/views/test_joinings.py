"""Inviting, asking and answering, as people meet it."""

import pytest

from communities.models import Joining
from tests import make as house
from tests.communities import make, make_belonging


@pytest.fixture
def circle(cast):
    return make.circle(cast, "Fridays", takes_requests=True, purpose="To learn from practice")


def invitation_url(circle) -> str:
    return f"/communities/{circle.pk}/invitation/"


def test_a_host_invites_colleagues_and_one_says_yes(cast, circle, as_coach, as_newcomer):
    people = [cast.newcomer.pk, cast.supervisor.pk]
    as_coach.post(invitation_url(circle), {"people": people, "role": "member", "word": "Come"})
    assert circle.joinings.open().count() == 2

    joining = circle.joinings.get(person=cast.newcomer)
    page = as_newcomer.get(joining.get_absolute_url()).content.decode()
    assert "You are invited to Fridays" in page
    assert "Come" in page
    answer = as_newcomer.post(joining.get_absolute_url(), {"accepts": "yes", "answer": "Gladly"})

    assert answer.headers["Location"] == circle.get_absolute_url()
    assert cast.newcomer in circle.members()


def test_until_they_say_yes_the_community_is_closed_to_them(cast, circle, as_newcomer):
    joining = Joining.invite(circle, cast.newcomer, by=cast.coach)
    assert joining

    assert as_newcomer.get(circle.get_absolute_url()).status_code == 404
    page = as_newcomer.get(joining.get_absolute_url()).content.decode()
    assert "To learn from practice" in page
    assert "Amara Okafor" not in page  # a member


def test_choosing_nobody_is_said_and_the_words_are_kept(circle, as_coach):
    answer = as_coach.post(invitation_url(circle), {"role": "member", "word": "Come along"})

    assert answer.status_code == 422
    assert "Choose at least one person." in answer.content.decode()
    assert "Come along" in answer.content.decode()


def test_a_host_lists_their_own_colleagues_alone(cast, circle, as_coach, as_person):
    circle.span(cast.riverbend.agency, by=None)
    make.membership(cast.riverbend.coach, circle, "host")

    offered = [
        set(client.get(invitation_url(circle)).context["form"].fields["people"].queryset)
        for client in (as_coach, as_person(cast.riverbend.coach))
    ]

    ours, theirs = set(cast.northside.people()) | {cast.newcomer}, set(cast.riverbend.people())
    assert offered[0] <= ours
    assert offered[1] == theirs - {cast.riverbend.coach}


@pytest.mark.parametrize("email", ["hana@example.org", "nobody@example.org"])
def test_by_email_the_answer_is_the_same_for_everyone(cast, circle, as_coach, email):
    circle.span(cast.riverbend.agency, by=None)

    answer = as_coach.post(
        invitation_url(circle), {"email": email, "role": "member", "word": ""}, follow=True
    )

    assert "Invited. They say yes or no" in answer.content.decode()
    assert email not in as_coach.get(invitation_url(circle)).content.decode()
    invited = circle.joinings.filter(person=cast.riverbend.supervisor).exists()
    assert invited == (email == cast.riverbend.supervisor.email)


def test_someone_asks_and_a_host_answers_kindly(cast, circle, as_newcomer, as_coach):
    assert "Fridays" in as_newcomer.get("/communities/directory/").content.decode()
    as_newcomer.post(f"/communities/{circle.pk}/request/", {"word": "To learn with you"})
    joining = circle.joinings.get()

    page = as_coach.get(circle.get_absolute_url()).content.decode()
    assert "Asking to join" in page
    assert "To learn with you" in as_coach.get(joining.get_absolute_url()).content.decode()
    as_coach.post(joining.get_absolute_url(), {"accepts": "no", "answer": "Full until spring"})

    page = as_newcomer.get(joining.get_absolute_url()).content.decode()
    assert "Full until spring" in page
    assert "says nothing about you" in page


def test_nobody_answers_their_own_request(cast, circle, as_newcomer, as_admin):
    joining = Joining.ask(circle, cast.newcomer)

    assert as_newcomer.post(joining.get_absolute_url(), {"accepts": "yes"}).status_code == 403
    mine = Joining.ask(circle, cast.admin)  # who runs it, and asks all the same
    assert as_admin.post(mine.get_absolute_url(), {"accepts": "yes"}).status_code == 403
    assert circle.joinings.open().count() == 2


def test_pressing_twice_does_no_harm(cast, circle, as_newcomer):
    joining = Joining.invite(circle, cast.newcomer, by=cast.coach)
    assert joining
    url = joining.get_absolute_url()
    as_newcomer.post(url, {"accepts": "yes"})

    again = as_newcomer.post(url, {"accepts": "no"})

    assert again.headers["Location"] == url
    assert cast.newcomer in circle.members()


def test_asking_twice_leads_to_the_request(cast, circle, as_newcomer):
    joining = Joining.ask(circle, cast.newcomer)

    answer = as_newcomer.get(f"/communities/{circle.pk}/request/")

    assert answer.headers["Location"] == joining.get_absolute_url()


def test_a_request_is_taken_back(cast, circle, as_newcomer):
    joining = Joining.ask(circle, cast.newcomer)
    url = f"/communities/joining/{joining.pk}/remove/"

    assert as_newcomer.get(url).status_code == 200
    as_newcomer.post(url)

    assert circle.joinings.get().outcome == "withdrawn"


def test_the_directory_has_what_is_open_to_me_alone(cast, circle, as_newcomer, as_facilitator):
    make.community(cast.northside.agency, "Takes no requests")
    make.community(
        cast.northside.agency, "Supervisors", audience="supervisors", takes_requests=True
    )
    make.community(cast.riverbend.agency, "Elsewhere", takes_requests=True)
    shared = make.community(cast.riverbend.agency, "Shared", takes_requests=True)
    shared.span(cast.northside.agency, by=None)

    listed = [
        [c.name for c in client.get("/communities/directory/").context["communities"]]
        for client in (as_newcomer, as_facilitator)
    ]

    assert listed == [["Fridays", "Shared"], ["Shared"]]


def test_the_other_agencys_members_are_not_in_the_directory(cast, as_newcomer):
    shared = make.community(cast.riverbend.agency, "Shared", takes_requests=True)
    shared.span(cast.northside.agency, by=None)
    make.membership(cast.riverbend.facilitator, shared, "host")

    pages = [
        as_newcomer.get(url).content.decode()
        for url in ("/communities/directory/", f"/communities/{shared.pk}/request/")
    ]

    assert not any(cast.riverbend.facilitator.name in page for page in pages)


def test_today_says_what_waits(cast, circle, as_newcomer, as_coach):
    Joining.ask(circle, cast.supervisor)
    Joining.invite(circle, cast.newcomer, by=cast.coach)
    make_belonging.agreement(circle, cast)

    mine, hosts = (client.get("/").content.decode() for client in (as_newcomer, as_coach))

    assert "You are invited to Fridays" in mine
    assert "Carol Lindqvist asks to join Fridays" in hosts
    assert "Read what Fridays agreed on" in hosts


@pytest.mark.parametrize(
    "url", ["/", "/communities/directory/", "/communities/{pk}/", "/communities/{pk}/invitation/"]
)
def test_pages_cost_the_same_at_one_and_at_many(cast, circle, as_coach, queries_of, url):
    url = url.format(pk=circle.pk)
    make_belonging.agreement(circle, cast)
    make.series(circle)

    def more(number: int) -> None:
        for _ in range(number):
            person = house.person()
            house.position(person, cast.northside.agency)
            Joining.ask(circle, person)
            other = make.community(cast.northside.agency, takes_requests=True)
            Joining.invite(other, cast.coach, by=cast.admin)
            listed = make.community(cast.northside.agency, takes_requests=True)
            make.membership(person, listed)
            guest = house.person()
            house.position(guest, cast.northside.agency)
            Joining.invite(circle, guest, by=cast.admin)

    more(1)
    few = queries_of(as_coach, url)
    more(3)

    assert queries_of(as_coach, url) == few
    assert few <= 15
