"""A community for supervisors only."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from communities.lapses import end_lapsed
from communities.models import Community, Joining
from tests import make as house
from tests.communities import make


@pytest.fixture
def circle(cast):
    made = make.community(cast.northside.agency, "Supervisors", audience="supervisors")
    make.membership(cast.supervisor, made, "host")
    return made


def test_only_supervisors_are_eligible(cast, circle):
    assert list(circle.eligible()) == [cast.supervisor]
    with pytest.raises(ValidationError, match="supervisors only"):
        circle.welcome(cast.coach, by=cast.admin)
    with pytest.raises(ValidationError, match="supervisors only"):
        Joining.invite(circle, cast.facilitator, by=cast.supervisor)


def test_a_supervisor_elsewhere_is_none_here(cast, circle):
    house.position(cast.coach, cast.riverbend.agency, "supervisor")

    assert list(circle.eligible()) == [cast.supervisor]


def test_who_is_a_supervisor_no_more_sees_nothing_at_once_and_leaves_at_the_next_tick(cast, circle):
    house.position(cast.supervisor, cast.northside.agency)  # a facilitator from now on
    cast.supervisor.positions.get(role="supervisor").end(by=cast.admin)

    assert list(Community.objects.visible_to(cast.supervisor)) == []
    assert list(circle.members()) == []
    assert end_lapsed() == 1
    assert cast.supervisor.memberships.current().count() == 0
    assert end_lapsed() == 0


def test_the_tick_leaves_those_alone_who_may_belong(cast, circle):
    other = make.circle(cast)
    other.span(cast.riverbend.agency, by=None)
    make.membership(cast.riverbend.facilitator, other)

    assert end_lapsed() == 0


def test_the_tick_ends_what_the_end_of_a_role_left(cast):
    circle = make.circle(cast)
    circle.span(cast.riverbend.agency, by=None)
    make.membership(cast.leaver, circle)

    assert end_lapsed() == 1
    assert cast.leaver not in circle.members()


def test_an_audience_that_leaves_members_out_is_refused_with_their_names(cast):
    circle = make.circle(cast)

    with pytest.raises(ValidationError, match="Amara Okafor"):
        circle.change(by=cast.admin, audience="supervisors")

    circle.refresh_from_db()
    assert circle.audience == "everyone"


def test_a_changed_audience_lets_go_of_those_on_the_way(cast):
    circle = make.community(cast.northside.agency)
    Joining.invite(circle, cast.facilitator, by=cast.admin)
    Joining.invite(circle, cast.supervisor, by=cast.admin)

    circle.change(by=cast.admin, audience="supervisors")

    assert [each.person for each in circle.joinings.open()] == [cast.supervisor]
    assert circle.joinings.get(person=cast.facilitator).outcome == "lapsed"


def test_it_is_one_of_two(cast):
    strange = Community(
        agency=cast.northside.agency, name="X", time_zone="UTC", audience="families"
    )
    with pytest.raises(ValidationError, match="Choose whom it is for"):
        strange.validate_constraints()
    with pytest.raises(IntegrityError):
        strange.save()


def test_a_leaving_supervisor_who_facilitates_elsewhere_leaves_it(cast, circle):
    circle.span(cast.riverbend.agency, by=None)
    house.position(cast.supervisor, cast.riverbend.agency)

    cast.northside.agency.departs(cast.supervisor, by=cast.admin)

    assert cast.supervisor.memberships.current(timezone.now()).count() == 0
