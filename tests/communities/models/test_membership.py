"""Memberships are dated: one at a time, and leaving takes its traces along."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from communities import leaving
from communities.models import Membership
from portal.audit.models import Entry
from tests.communities import make


def test_nobody_belongs_twice_at_once(cast):
    circle = make.circle(cast)
    twin = Membership(person=cast.facilitator, community=circle)

    with pytest.raises(ValidationError, match="belong to this community"):
        twin.validate_constraints()
    with pytest.raises(IntegrityError):
        twin.save()


def test_someone_who_left_can_come_back(cast):
    circle = make.circle(cast)
    circle.memberships.get(person=cast.facilitator).end(by=cast.admin)

    again = circle.welcome(cast.facilitator, by=cast.admin)

    assert again.holds()
    assert circle.memberships.filter(person=cast.facilitator).count() == 2


def test_a_role_is_one_of_three(cast):
    circle = make.circle(cast)
    strange = Membership(person=cast.newcomer, community=circle, role="chief")

    with pytest.raises(ValidationError, match="Choose member, host or coach"):
        strange.validate_constraints()
    with pytest.raises(IntegrityError):
        strange.save()


def test_a_membership_ends_after_it_began(cast):
    circle = make.circle(cast)

    with pytest.raises(IntegrityError):
        make.membership(cast.newcomer, circle, until=make.SINCE)


def test_a_new_role_begins_where_the_old_one_ends(cast):
    circle = make.circle(cast)
    membership = circle.memberships.get(person=cast.facilitator)
    at = timezone.now()

    hosting = membership.become("host", by=cast.admin, at=at)

    assert (membership.until, hosting.since, hosting.role) == (at, at, "host")
    assert set(circle.hosts()) == {cast.facilitator, cast.coach}
    assert hosting.become("host", by=cast.admin) == hosting
    assert Entry.objects.filter(kind="membership.role_changed").count() == 1


def test_ending_twice_changes_nothing(cast, monkeypatch):
    asked = []
    monkeypatch.setattr(leaving, "leavings", [lambda m, by, at: asked.append((m.pk, by, at))])
    membership = make.circle(cast).memberships.get(person=cast.facilitator)
    at = timezone.now()

    membership.end(by=cast.admin, at=at)
    membership.end(by=cast.admin, at=at + timedelta(days=1))

    assert membership.until == at
    assert asked == [(membership.pk, cast.admin, at)]
    assert Entry.objects.filter(kind="membership.ended").count() == 1


def test_a_planned_membership_called_off_never_holds(cast):
    circle = make.circle(cast)
    soon = timezone.now() + timedelta(days=3)
    planned = make.membership(cast.newcomer, circle, since=soon)

    planned.end(by=cast.admin)

    assert not planned.holds(soon + timedelta(seconds=1))
