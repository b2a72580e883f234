"""Who sees, runs and joins a community."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from communities.models import Closure, Community, Membership
from portal.audit.models import Entry
from tests import make as house
from tests.communities import make


def names(communities) -> list[str]:
    return [community.name for community in communities]


def test_members_and_the_home_agencys_admins_see_a_community(cast):
    make.circle(cast, "Fridays")

    seen = {
        role: names(Community.objects.visible_to(getattr(cast, role)))
        for role in ("facilitator", "coach", "admin", "peer_partner", "supervisor", "newcomer")
    }

    assert seen == {
        "facilitator": ["Fridays"],
        "coach": ["Fridays"],
        "admin": ["Fridays"],
        "peer_partner": [],
        "supervisor": [],
        "newcomer": [],
    }


def test_another_agency_sees_nothing_of_it(cast):
    make.circle(cast)

    assert [names(Community.objects.visible_to(p)) for p in cast.riverbend.people()] == [[]] * 5


def test_a_person_of_a_spanned_agency_sees_it_once_they_belong(cast):
    circle = make.circle(cast, "Fridays")
    circle.span(cast.riverbend.agency, by=cast.admin)

    assert names(Community.objects.visible_to(cast.riverbend.facilitator)) == []
    circle.welcome(cast.riverbend.facilitator, by=cast.admin)

    assert names(Community.objects.visible_to(cast.riverbend.facilitator)) == ["Fridays"]
    assert names(Community.objects.visible_to(cast.riverbend.admin)) == []


def test_a_membership_opens_nothing_to_someone_without_a_position(cast):
    circle = make.circle(cast)
    make.membership(cast.leaver, circle)

    assert names(Community.objects.visible_to(cast.leaver)) == []
    assert cast.leaver not in circle.members()


def test_a_host_who_belongs_to_nobody_s_agency_hosts_nothing(cast):
    circle = make.circle(cast)
    make.membership(cast.leaver, circle, "host")

    assert list(circle.hosts()) == [cast.coach]
    assert not circle.is_hosted_by(cast.leaver)


def test_hosts_and_admins_run_it_and_members_do_not(cast):
    circle = make.circle(cast)

    runs = {
        role: circle.is_hosted_by(getattr(cast, role)) for role in ("facilitator", "coach", "admin")
    }

    assert runs == {"facilitator": False, "coach": True, "admin": True}


def test_founding_takes_the_agencys_clock_and_is_kept(cast):
    circle = Community.found(agency=cast.riverbend.agency, name="Evening", by=cast.riverbend.admin)

    assert circle.time_zone == "America/Phoenix"
    assert Entry.objects.filter(kind="community.founded", subject_id=circle.pk).count() == 1


def test_two_communities_of_an_agency_do_not_share_a_name(cast):
    make.community(cast.northside.agency, "Fridays")
    make.community(cast.riverbend.agency, "Fridays")

    twin = Community(agency=cast.northside.agency, name="Fridays", time_zone="America/New_York")
    with pytest.raises(ValidationError, match="Choose another name"):
        twin.validate_constraints()
    with pytest.raises(IntegrityError):
        twin.save()


def test_welcoming_twice_is_as_once(cast):
    circle = make.circle(cast)

    first = circle.welcome(cast.newcomer, by=cast.admin)
    second = circle.welcome(cast.newcomer, role="host", by=cast.coach)

    assert (second, second.role) == (first, "member")
    assert Entry.objects.filter(kind="membership.begun").count() == 1
    assert cast.newcomer.notices.filter(kind="membership.welcome").count() == 1


def test_someone_of_another_agency_is_not_welcomed(cast):
    circle = make.circle(cast)

    with pytest.raises(ValidationError, match="works for one of its agencies"):
        circle.welcome(cast.riverbend.coach, by=cast.admin)


def test_a_closed_community_welcomes_nobody(cast):
    circle = make.circle(cast)
    circle.close(by=cast.admin, reason="It has done its work.")
    circle.close(by=cast.admin)

    with pytest.raises(ValidationError, match="closed"):
        circle.welcome(cast.newcomer, by=cast.admin)
    assert Closure.objects.get().reason == "It has done its work."
    assert Entry.objects.filter(kind="community.closed").count() == 1
    assert names(Community.objects.standing()) == []


def test_spanning_an_agency_twice_is_as_once(cast):
    circle = make.circle(cast)

    assert circle.span(cast.riverbend.agency, by=cast.admin) == circle.span(
        cast.riverbend.agency, by=cast.admin
    )
    with pytest.raises(IntegrityError):
        circle.spans.create(agency=cast.riverbend.agency)


def test_members_are_people_each_once(cast):
    circle = make.circle(cast)
    house.position(cast.facilitator, cast.northside.agency, "coach")

    assert sorted(p.name for p in circle.members()) == ["Amara Okafor", "Dae Kim"]
    assert Membership.objects.current(timezone.now()).count() == 2
