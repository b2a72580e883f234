"""A host leaves, or cannot sign in: it is said, and somebody takes over in one step."""

import pytest
from django.core.exceptions import ValidationError

from communities.hosting import hand_on, take_over
from communities.lapses import tell_of_absent_hosts
from communities.models import Session
from communities.notices import HostLeft
from tests.communities import make


def told(person) -> int:
    return person.notices.standing().filter(kind=HostLeft.kind).count()


def test_the_last_host_leaves_and_the_admins_are_told(cast):
    circle = make.circle(cast)
    series = make.series(circle, host=cast.coach)

    circle.memberships.get(person=cast.coach).end(by=cast.coach)

    assert circle.needs_host()
    assert [each.pk for each in circle.hostless_series()] == [series.pk]
    assert (told(cast.admin), told(cast.facilitator)) == (1, 0)


def test_nothing_is_told_where_a_co_host_has_it_all(cast):
    circle = make.circle(cast)
    make.membership(cast.supervisor, circle, "host")

    circle.memberships.get(person=cast.coach).end(by=cast.coach)

    assert not circle.needs_host()
    assert told(cast.admin) == 0


def test_a_co_host_takes_over_in_one_step(cast):
    circle = make.circle(cast)
    make.membership(cast.supervisor, circle, "host")
    series = make.series(circle, host=cast.coach)
    other = make.series(circle, host=cast.supervisor)
    single = other.sessions.upcoming()[1]
    Session.objects.filter(pk=single.pk).update(host=cast.coach)
    kept = other.sessions.upcoming()[2]
    Session.objects.filter(pk=kept.pk).update(host=cast.facilitator)
    circle.memberships.get(person=cast.coach).end(by=cast.coach)
    assert told(cast.supervisor) == 1

    take_over(circle, cast.supervisor, by=cast.supervisor)

    assert not circle.needs_host()
    hosts = Session.objects.filter(series__community=circle).upcoming().values_list("pk", "host")
    assert {host for pk, host in hosts if pk != kept.pk} == {cast.supervisor.pk}
    assert dict(hosts)[kept.pk] == cast.facilitator.pk  # a member keeps theirs
    series.refresh_from_db()
    assert series.host == cast.supervisor


def test_an_admin_becomes_a_member_by_taking_over(cast):
    circle = make.circle(cast)
    circle.memberships.get(person=cast.coach).end(by=cast.coach)

    take_over(circle, cast.admin, by=cast.admin)
    take_over(circle, cast.admin, by=cast.admin)

    assert list(circle.hosts()) == [cast.admin]
    assert circle.memberships.current().filter(person=cast.admin).count() == 1


def test_somebody_who_may_not_belong_does_not_take_over(cast):
    circle = make.circle(cast)

    with pytest.raises(ValidationError, match="works for one of its agencies"):
        take_over(circle, cast.riverbend.coach, by=cast.admin)


def test_a_departure_without_a_successor_leaves_it_said(cast):
    circle = make.circle(cast)
    make.series(circle, host=cast.coach)

    cast.northside.agency.departs(cast.coach, by=cast.admin)

    assert circle.needs_host()
    assert told(cast.admin) == 1


def test_a_departure_with_a_successor_leaves_nothing_open(cast):
    circle = make.circle(cast)
    theirs = make.series(circle, host=cast.coach)
    others = make.series(circle, host=cast.facilitator)
    single = others.sessions.upcoming()[0]
    Session.objects.filter(pk=single.pk).update(host=cast.coach)

    cast.northside.agency.departs(cast.coach, by=cast.admin, hand_over_to=cast.supervisor)

    assert not circle.needs_host()
    assert told(cast.admin) == 0
    assert not Session.objects.filter(host=cast.coach).upcoming().exists()
    assert theirs.sessions.upcoming()[0].host == cast.supervisor


def test_a_host_who_cannot_sign_in_is_told_of_once(cast):
    circle = make.circle(cast)
    cast.coach.is_active = False
    cast.coach.save()

    assert circle.needs_host()
    assert [tell_of_absent_hosts(), tell_of_absent_hosts()] == [1, 0]
    assert told(cast.admin) == 1


def test_a_host_gives_it_to_a_member_on_the_way_out(cast):
    circle = make.circle(cast)
    series = make.series(circle, host=cast.coach)

    hand_on(circle, cast.coach, cast.facilitator, by=cast.coach)
    circle.memberships.get(person=cast.coach).end(by=cast.coach)

    assert list(circle.hosts()) == [cast.facilitator]
    series.refresh_from_db()
    assert series.host == cast.facilitator
    assert told(cast.admin) == 0


def test_a_single_session_of_a_leaver_is_the_series_hosts_again(cast):
    circle = make.circle(cast)
    series = make.series(circle, host=cast.coach)
    single = series.sessions.upcoming()[1]
    Session.objects.filter(pk=single.pk).update(host=cast.facilitator)

    circle.memberships.get(person=cast.facilitator).end(by=cast.facilitator)

    single.refresh_from_db()
    assert single.host == cast.coach
