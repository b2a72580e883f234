"""Sessions stand or are called off; who sees and runs them."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities.models import Session
from portal.audit.models import Entry
from portal.practice.models import Principle, Skill
from tests.communities import make


@pytest.fixture
def session(cast) -> Session:
    return make.session(make.circle(cast))


def test_calling_it_off_tells_each_member_once(cast, session):
    session.cancel(by=cast.coach, reason="The room is taken.")
    session.cancel(by=cast.admin, reason="Again.")

    assert session.cancellation.reason == "The room is taken."
    assert session.cancellation.by == cast.coach
    told = [
        p.notices.filter(kind="session.cancelled").count()
        for p in (cast.facilitator, cast.coach, cast.newcomer)
    ]
    assert told == [1, 1, 0]
    assert Entry.objects.filter(kind="session.cancelled").count() == 1
    assert session not in Session.objects.standing()


def test_what_is_over_cannot_be_called_off(cast, session):
    with pytest.raises(ValidationError, match="is over"):
        session.cancel(by=cast.coach, at=session.ends_at)
    assert not session.is_cancelled


def test_upcoming_holds_what_is_under_way_and_nothing_over(session):
    def is_upcoming(at):
        return session in Session.objects.upcoming(at)

    assert [
        is_upcoming(session.starts_at),
        is_upcoming(session.ends_at - timedelta(seconds=1)),
        is_upcoming(session.ends_at),
    ] == [True, True, False]


def test_members_see_it_and_another_agency_does_not(cast, session):
    seen = [
        role
        for role in ("facilitator", "peer_partner", "supervisor", "coach", "admin")
        if session in Session.objects.visible_to(getattr(cast, role))
    ]

    assert seen == ["facilitator", "coach", "admin"]
    assert not any(session in Session.objects.visible_to(p) for p in cast.riverbend.people())


def test_an_admin_who_is_no_member_does_not_come_to_it(cast, session):
    assert session not in Session.objects.joined_by(cast.admin)
    assert session in Session.objects.joined_by(cast.facilitator)


def test_it_works_on_one_principle_or_skill(cast, session):
    principle, skill = Principle.objects.first(), Skill.objects.first()

    session.focus_on(principle, by=cast.coach)
    session.focus_on(skill, by=cast.coach)
    session.focus_on(skill, by=cast.coach)

    assert session.focus == skill
    assert Entry.objects.filter(kind="session.focused").count() == 2
    session.focus_principle = principle
    with pytest.raises(ValidationError, match="one focus"):
        session.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        session.save()


def test_a_series_meets_once_a_day(session):
    twin = Session(
        series=session.series,
        original_day=session.original_day,
        original_time=session.original_time,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
    )
    with pytest.raises(ValidationError, match="on that day already"):
        twin.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_it_ends_after_it_starts(session):
    session.ends_at = session.starts_at
    with pytest.raises(ValidationError, match="comes after the start"):
        session.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        session.save()


def test_it_knows_that_it_was_moved(session):
    assert not session.is_moved
    session.starts_at += timedelta(hours=1)
    assert session.is_moved


def test_the_day_and_the_hour_are_words_of_its_zone(session):
    local = timezone.localtime(session.starts_at, session.community.zone)
    assert (local.date(), local.hour) == (session.original_day, 15)
