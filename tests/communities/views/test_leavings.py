"""Leaving, taking over, closing and opening again, as people meet it."""

from communities.models import Community
from tests.communities import make


def test_a_member_leaves_after_being_told_what_goes(cast, as_facilitator):
    circle = make.circle(cast)
    url = f"/communities/{circle.pk}/leave/"

    page = as_facilitator.get(url).content.decode()
    assert "what you shared with it is closed to it" in page
    as_facilitator.post(url)

    assert cast.facilitator not in circle.members()
    assert as_facilitator.post(url).status_code == 404  # twice does no harm


def test_the_last_host_names_who_takes_over(cast, as_coach):
    circle = make.circle(cast)
    series = make.series(circle, title="Evoking", host=cast.coach)
    url = f"/communities/{circle.pk}/leave/"

    page = as_coach.get(url).content.decode()
    assert "You are its only host." in page
    assert "Evoking" in page
    as_coach.post(url, {"to": cast.facilitator.pk})

    assert list(circle.hosts()) == [cast.facilitator]
    series.refresh_from_db()
    assert series.host == cast.facilitator


def test_a_host_may_leave_it_open(cast, as_coach, as_admin):
    circle = make.circle(cast)

    as_coach.post(f"/communities/{circle.pk}/leave/", {"to": ""})

    page = as_admin.get(circle.get_absolute_url()).content.decode()
    assert "Nobody hosts this community at the moment" in page


def test_a_stranger_is_not_named_as_successor(cast, as_coach):
    circle = make.circle(cast)

    answer = as_coach.post(f"/communities/{circle.pk}/leave/", {"to": cast.supervisor.pk})

    assert answer.status_code == 422
    assert cast.coach in circle.members()


def test_who_hosts_nothing_names_no_successor(cast, as_facilitator):
    circle = make.circle(cast)
    make.membership(cast.newcomer, circle)

    as_facilitator.post(f"/communities/{circle.pk}/leave/", {"to": cast.newcomer.pk})

    assert cast.facilitator not in circle.members()
    assert list(circle.hosts()) == [cast.coach]


def test_an_admin_takes_over_by_one_press(cast, as_admin, as_facilitator):
    circle = make.circle(cast)
    series = make.series(circle, title="Evoking", host=cast.coach)
    circle.memberships.get(person=cast.coach).end(by=cast.coach)
    said = as_facilitator.get(circle.get_absolute_url()).content.decode()
    assert "Those who can take over are told." in said
    assert "I will take over" not in said

    form = as_admin.get(f"/communities/{circle.pk}/hand-over/").context["form"]
    assert dict(form.offered)[cast.admin.pk] == cast.admin.name
    as_admin.post(f"/communities/{circle.pk}/hand-over/", {"to": cast.admin.pk})

    series.refresh_from_db()
    assert (series.host, list(circle.hosts())) == (cast.admin, [cast.admin])
    page = as_admin.get(circle.get_absolute_url()).content.decode()
    assert "I will take over" not in page


def test_taking_over_is_offered_to_who_could_belong(cast, as_admin):
    circle = make.community(cast.northside.agency, "Supervisors", audience="supervisors")

    page = as_admin.get(circle.get_absolute_url()).content.decode()

    assert "Nobody hosts this community at the moment" in page
    assert "I will take over" not in page  # the admin is no supervisor
    assert "Choose somebody else" in page


def test_a_series_without_its_host_is_named(cast, as_admin):
    circle = make.circle(cast)
    make.series(circle, title="Evoking", host=cast.facilitator)
    circle.memberships.get(person=cast.facilitator).end(by=cast.coach)

    page = as_admin.get(circle.get_absolute_url()).content.decode()

    assert "A series has lost its host" in page


def test_a_closed_community_is_found_and_opened_again(cast, as_admin, as_facilitator):
    circle = make.circle(cast, "Fridays")
    make.series(circle)
    as_admin.post(f"/communities/{circle.pk}/closure/", {"reason": "Summer"})

    member = as_facilitator.get("/communities/closed/").content.decode()
    assert "Fridays" in member
    assert "Open it again" not in member
    assert "Open it again" in as_admin.get("/communities/closed/").content.decode()
    answer = as_admin.post(f"/communities/{circle.pk}/closure/remove/", follow=True)

    assert "1 series goes on." in answer.content.decode()
    assert list(Community.objects.standing()) == [circle]


def test_a_changed_audience_that_leaves_members_out_is_said(cast, as_coach):
    circle = make.circle(cast, "Fridays")

    answer = as_coach.post(
        f"/communities/{circle.pk}/edit/",
        {"name": "Fridays", "time_zone": "UTC", "audience": "supervisors", "purpose": "Kept"},
    )

    assert answer.status_code == 422
    assert "Amara Okafor" in answer.content.decode()
    assert "Kept" in answer.content.decode()
