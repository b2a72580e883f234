"""Communities as people meet them."""

import pytest

from communities.models import Community
from communities.panels import Panel
from tests import make as house
from tests.communities import make


def form_of(agency, **fields):
    return {
        "agency": agency.pk,
        "name": "Fridays",
        "time_zone": "America/Chicago",
        "audience": "everyone",
    } | fields


def test_an_admin_founds_a_community_and_goes_on_to_its_members(cast, as_admin):
    answer = as_admin.post("/communities/new/", form_of(cast.northside.agency, skills=[1, 2]))

    community = Community.objects.get()
    assert answer.headers["Location"] == f"/communities/{community.pk}/members/new/"
    assert (community.name, community.time_zone) == ("Fridays", "America/Chicago")
    assert community.skills.count() == 2


def test_an_admin_founds_none_in_another_agency(cast, as_admin):
    answer = as_admin.post("/communities/new/", form_of(cast.riverbend.agency))

    assert answer.status_code == 422
    assert Community.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Give the community a name."),
        ({"time_zone": "Mars/Olympus"}, "Choose a zone from the list."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(cast, as_admin, wrong, words):
    answer = as_admin.post(
        "/communities/new/", form_of(cast.northside.agency, purpose="To learn", **wrong)
    )

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "To learn" in answer.content.decode()


def test_a_name_taken_in_the_agency_is_said(cast, as_admin):
    make.circle(cast, "Fridays")

    answer = as_admin.post("/communities/new/", form_of(cast.northside.agency))

    assert "Choose another name" in answer.content.decode()


def test_a_host_changes_what_it_is_about(cast, as_coach):
    circle = make.circle(cast, "Fridays")

    as_coach.post(
        f"/communities/{circle.pk}/edit/",
        {
            "name": "Tuesdays",
            "purpose": "To learn",
            "time_zone": "UTC",
            "principles": [3],
            "audience": "everyone",
        },
    )

    circle.refresh_from_db()
    assert (circle.name, circle.purpose, circle.time_zone) == ("Tuesdays", "To learn", "UTC")
    assert [p.pk for p in circle.principles.all()] == [3]


def test_a_member_is_told_why_they_cannot_change_it(cast, as_facilitator):
    answer = as_facilitator.get(f"/communities/{make.circle(cast).pk}/edit/")

    assert answer.status_code == 403
    assert "Only its hosts" in answer.content.decode()


def test_my_list_has_mine_and_an_admins_has_the_agencys(cast, as_facilitator, as_admin):
    make.circle(cast, "Fridays")
    make.community(cast.northside.agency, "Others")
    make.community(cast.riverbend.agency, "Elsewhere")

    mine, all_of_ours = (
        [c.name for c in client.get("/communities/").context["communities"]]
        for client in (as_facilitator, as_admin)
    )

    assert (mine, all_of_ours) == (["Fridays"], ["Fridays", "Others"])


def test_an_admin_closes_it_and_members_still_find_it(cast, as_admin, as_facilitator):
    circle = make.circle(cast)

    as_admin.post(f"/communities/{circle.pk}/closure/", {"reason": "Done"})

    page = as_facilitator.get(f"/communities/{circle.pk}/").content.decode()
    assert "It was closed on" in page
    assert list(as_facilitator.get("/communities/").context["communities"]) == []


def test_apps_above_add_their_panel(cast, as_facilitator, monkeypatch):
    monkeypatch.setattr(
        "communities.panels.panels",
        [lambda c, person: Panel("Shared here", f"/x/{c.pk}/"), lambda c, person: None],
    )
    circle = make.circle(cast)

    page = as_facilitator.get(f"/communities/{circle.pk}/").content.decode()

    assert f'href="/x/{circle.pk}/">Shared here' in page


@pytest.mark.parametrize("url", ["/communities/", "/communities/{pk}/"])
def test_lists_cost_the_same_at_one_and_at_many(cast, as_admin, queries_of, url):
    circle = make.circle(cast)
    make.series(circle)
    url = url.format(pk=circle.pk)
    few = queries_of(as_admin, url)
    for person in (cast.newcomer, cast.supervisor, cast.peer_partner):
        circle.welcome(person, by=None)
    for _ in range(3):
        make.series(circle)
        make.series(make.circle(cast))

    assert queries_of(as_admin, url) == few
    assert few <= 15


def test_a_few_members_are_listed_and_all_when_asked_for(cast, as_facilitator):
    community = make.community(cast.northside.agency)
    make.membership(cast.facilitator, community)
    for number in range(27):
        person = house.person(f"Zora {number:02}")
        house.position(person, cast.northside.agency)
        make.membership(person, community)
    url = community.get_absolute_url()

    few = as_facilitator.get(url).content.decode()
    everybody = as_facilitator.get(f"{url}?members=all").content.decode()

    assert ("Show all 28 members" in few, "Zora 26" in few) == (True, False)
    assert ("Show all" in everybody, "Zora 26" in everybody) == (False, True)
