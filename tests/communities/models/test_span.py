"""A community that spans agencies: by two yeses, and with nothing else of the other one seen."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from communities.models import Community, Joining, Session, SpanProposal
from tests import make as house
from tests.communities import make, make_belonging


def put_to(person) -> list[str]:
    return [str(each.community) for each in SpanProposal.objects.put_to(person)]


def test_an_admin_of_the_other_agency_says_yes(cast):
    circle = make.circle(cast, "Fridays")
    email = cast.riverbend.admin.email.upper()
    proposal = SpanProposal.make(circle, email=email, by=cast.admin)
    assert put_to(cast.riverbend.admin) == ["Fridays"]
    assert not circle.eligible().filter(pk=cast.riverbend.coach.pk).exists()

    proposal.accept(cast.riverbend.agency, by=cast.riverbend.admin)
    proposal.decline(by=cast.riverbend.admin)

    assert circle.eligible().filter(pk=cast.riverbend.coach.pk).exists()
    assert put_to(cast.riverbend.admin) == []
    assert cast.admin.notices.get().kind == "span.accepted"


def test_whether_the_person_exists_makes_no_difference_to_who_asks(cast):
    circle = make.circle(cast)
    emails = [cast.riverbend.admin.email, cast.riverbend.coach.email, "nobody@example.org"]

    asked = [SpanProposal.make(circle, email=email, by=cast.admin) for email in emails]

    assert [(p.outcome, p.waits()) for p in asked] == [("", True)] * 3
    assert put_to(cast.riverbend.coach) == []  # runs no agency
    assert cast.riverbend.coach.notices.count() == 0
    assert cast.riverbend.admin.notices.get().kind == "span.proposed"


def test_asking_again_waits_once_until_it_lapses(cast):
    circle, later = make.circle(cast), timezone.now() + timedelta(days=15)
    email = cast.riverbend.admin.email
    first = SpanProposal.make(circle, email=email, by=cast.admin)

    assert SpanProposal.make(circle, email=email, by=cast.admin) == first
    assert SpanProposal.make(circle, email=email, by=cast.admin, at=later) != first
    with pytest.raises(IntegrityError):
        circle.proposals.create(email=email.upper())


def test_ones_own_agency_is_not_asked(cast):
    SpanProposal.make(make.circle(cast), email=cast.admin.email, by=cast.admin)

    assert put_to(cast.admin) == []


def test_what_is_taken_back_cannot_be_accepted(cast):
    circle = make.circle(cast)
    proposal = SpanProposal.make(circle, email=cast.riverbend.admin.email, by=cast.admin)
    SpanProposal.objects.get(pk=proposal.pk).withdraw(by=cast.admin)

    assert proposal.accept(cast.riverbend.agency, by=cast.riverbend.admin) is None
    assert circle.spans.count() == 0
    assert cast.riverbend.admin.notices.standing().count() == 0


def test_ending_it_ends_what_leans_on_it(cast):
    circle = make_belonging.spanning_circle(cast)
    both = cast.riverbend.coach
    house.position(both, cast.northside.agency)
    make.membership(both, circle)
    Joining.invite(circle, cast.riverbend.supervisor, by=cast.coach)

    assert circle.spans.get().end(by=cast.riverbend.admin) == 1

    assert set(circle.members()) == {cast.facilitator, cast.coach, both}
    assert cast.riverbend.facilitator.memberships.current().count() == 0
    assert circle.joinings.get().outcome == "lapsed"


def test_a_host_of_the_other_agency_who_goes_with_it_is_told_of(cast):
    circle = make_belonging.spanning_circle(cast)
    series = make.series(circle, host=cast.riverbend.facilitator)

    circle.spans.get().end(by=cast.admin)

    assert [each.pk for each in circle.hostless_series()] == [series.pk]
    assert cast.admin.notices.filter(kind="community.host_left").count() == 1


def test_a_member_of_the_other_agency_sees_it_and_nothing_else_of_its_home(cast):
    circle = make_belonging.spanning_circle(cast, "Shared")
    session = make.session(circle)
    others = make.session(make.circle(cast, "Not shared"))
    theirs = cast.riverbend.facilitator

    assert [str(c) for c in Community.objects.visible_to(theirs)] == ["Shared"]
    seen = Session.objects.visible_to(theirs)
    assert seen.filter(pk=session.pk).exists()
    assert not seen.filter(pk=others.pk).exists()


def test_a_closed_community_asks_nobody(cast):
    circle = make.circle(cast)
    circle.close(by=cast.admin)

    with pytest.raises(ValidationError, match="closed"):
        SpanProposal.make(Community.objects.get(pk=circle.pk), email="x@example.org", by=cast.admin)


def test_an_outcome_has_its_time(cast):
    with pytest.raises(IntegrityError):
        make.circle(cast).proposals.create(email="x@example.org", outcome="accepted")
