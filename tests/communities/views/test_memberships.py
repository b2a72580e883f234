"""Welcoming people, and ending memberships."""

from tests import make as house
from tests.communities import make


def test_an_admin_welcomes_several_people_at_once(cast, as_admin):
    circle = make.circle(cast)
    people = [cast.newcomer.pk, cast.supervisor.pk]

    answer = as_admin.post(
        f"/communities/{circle.pk}/members/new/", {"people": people, "role": "member"}
    )

    assert answer.headers["Location"] == f"/communities/{circle.pk}/"
    assert set(circle.members()) == {
        cast.facilitator,
        cast.coach,
        cast.newcomer,
        cast.supervisor,
    }


def test_only_people_of_its_agencies_can_be_chosen(cast, as_admin):
    circle = make.circle(cast)
    url = f"/communities/{circle.pk}/members/new/"

    offered = set(as_admin.get(url).context["form"].fields["people"].queryset)
    answer = as_admin.post(url, {"people": [cast.riverbend.coach.pk], "role": "member"})

    assert offered == {cast.admin, cast.newcomer, cast.peer_partner, cast.supervisor}
    assert answer.status_code == 422
    assert "Choose people from the list." in answer.content.decode()


def test_choosing_nobody_is_said(cast, as_admin):
    url = f"/communities/{make.circle(cast).pk}/members/new/"

    answer = as_admin.post(url, {"role": "member"})

    assert "Choose at least one person." in answer.content.decode()


def test_ending_a_membership_asks_first(cast, as_admin):
    circle = make.circle(cast)
    membership = circle.memberships.get(person=cast.facilitator)
    url = f"/communities/members/{membership.pk}/remove/"

    as_admin.get(url)
    assert cast.facilitator in circle.members()
    as_admin.post(url)

    assert cast.facilitator not in circle.members()


def test_the_choice_costs_the_same_at_any_number(cast, as_admin, queries_of):
    circle = make.circle(cast)
    url = f"/communities/{circle.pk}/members/new/"
    few = queries_of(as_admin, url)
    for _ in range(5):
        house.position(house.person(), cast.northside.agency)

    assert queries_of(as_admin, url) == few


def test_a_host_brings_nobody_in_unasked(cast, as_coach):
    circle = make.circle(cast)

    answer = as_coach.post(
        f"/communities/{circle.pk}/members/new/", {"people": [cast.newcomer.pk], "role": "member"}
    )

    assert answer.status_code == 403
    assert cast.newcomer not in circle.members()


def test_an_admin_sees_nobody_of_an_agency_it_spans(cast, as_admin):
    circle = make.circle(cast)
    circle.span(cast.riverbend.agency, by=None)

    form = as_admin.get(f"/communities/{circle.pk}/members/new/").context["form"]

    assert set(form.fields["people"].queryset) & set(cast.riverbend.people()) == set()


def test_a_host_changes_a_role(cast, as_coach):
    circle = make.circle(cast)
    membership = circle.memberships.get(person=cast.facilitator)

    as_coach.post(f"/communities/members/{membership.pk}/", {"role": "host"})

    assert set(circle.hosts()) == {cast.coach, cast.facilitator}
    assert circle.memberships.current().filter(person=cast.facilitator).count() == 1


def test_the_only_host_is_said_to_be_one(cast, as_coach):
    circle = make.circle(cast)
    urls = {
        name: f"/communities/members/{circle.memberships.get(person=getattr(cast, name)).pk}/"
        for name in ("coach", "facilitator")
    }

    said = {name: as_coach.get(url).context["only_host"] for name, url in urls.items()}

    assert said == {"coach": True, "facilitator": False}
