"""Celebrations belong to the one they are for."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from communities.models import Celebration, CelebrationAnswer
from portal.audit.models import Entry
from portal.notices.models import Notice
from tests.communities import make, make_exchange


@pytest.fixture
def circle(cast):
    """The facilitator and the newcomer are members, the coach hosts."""
    made = make.circle(cast)
    make.membership(cast.newcomer, made)
    return made


@pytest.fixture
def said(circle, cast):
    """By the coach, of the facilitator."""
    return make_exchange.celebration(circle, cast.facilitator, cast.coach, kind="failure")


def sees(person):
    return Celebration.objects.visible_to(person).exists()


def test_nobody_reads_it_before_the_celebrated_agrees(said, cast):
    assert sees(cast.facilitator)
    assert sees(cast.coach)
    assert not any(sees(person) for person in (cast.newcomer, cast.admin, cast.riverbend.admin))
    assert Notice.objects.get(kind="celebration.offered").recipient == cast.facilitator


def test_the_celebrated_picks_a_community(said, circle, cast):
    said.agree(by=cast.facilitator, community=circle)
    said.agree(by=cast.facilitator, community=circle)

    assert sees(cast.newcomer)
    assert Celebration.objects.shown_in(circle.pk).get() == said
    assert Notice.objects.get(kind="celebration.answered").recipient == cast.coach


def test_or_the_two_alone(said, circle, cast):
    said.agree(by=cast.facilitator, community=None)

    assert sees(cast.facilitator)
    assert not sees(cast.newcomer)
    assert not Celebration.objects.shown_in(circle.pk).exists()


def test_a_no_leaves_no_trace_that_tells_it_from_a_quiet_yes(said, cast):
    other = make_exchange.celebration(said.community, cast.facilitator, cast.coach)
    said.decline(by=cast.facilitator)
    other.agree(by=cast.facilitator, community=None)

    no, yes = (
        (
            Entry.objects.get(kind="celebration.answered", subject_id=each.pk).actor_id,
            Notice.objects.get(kind="celebration.answered", subject_id=each.pk).recipient,
        )
        for each in (said, other)
    )
    assert no == yes
    assert list(Celebration.objects.of(cast.facilitator)) == [other]


def test_they_withdraw_it_at_any_time_and_nobody_is_told(said, circle, cast):
    said.agree(by=cast.facilitator, community=circle)
    told = Notice.objects.count()

    said.agree(by=cast.facilitator, community=None)

    assert not sees(cast.newcomer)
    assert Notice.objects.count() == told


def test_only_the_celebrated_answers(said, circle, cast):
    for person in (cast.coach, cast.admin):
        with pytest.raises(ValidationError):
            said.agree(by=person, community=circle)


def test_it_is_shown_only_where_both_belong(said, cast):
    elsewhere = make.community(cast.northside.agency)
    make.membership(cast.facilitator, elsewhere)

    with pytest.raises(ValidationError) as refused:
        said.agree(by=cast.facilitator, community=elsewhere)

    assert list(refused.value.message_dict) == ["audience"]


def test_one_celebrates_other_members_only(circle, cast):
    for person in (cast.coach, cast.admin, cast.riverbend.facilitator):
        with pytest.raises(ValidationError):
            make_exchange.celebration(circle, person, cast.coach)
    with pytest.raises(ValidationError):
        make_exchange.celebration(circle, cast.facilitator, cast.admin)


def test_it_is_said_once(circle, cast):
    key = uuid.uuid4()

    make_exchange.celebration(circle, cast.facilitator, cast.coach, key=key)
    make_exchange.celebration(circle, cast.facilitator, cast.coach, key=key)

    assert Celebration.objects.count() == 1


def test_either_of_the_two_takes_it_back(said, circle, cast):
    said.agree(by=cast.facilitator, community=circle)
    assert Celebration.objects.removable_by(cast.facilitator).get() == said
    assert not Celebration.objects.removable_by(cast.newcomer).exists()

    said.take_back(by=cast.coach)

    assert not Celebration.objects.exists()
    assert not Notice.objects.standing().filter(kind__startswith="celebration").exists()


def test_when_the_celebrated_leaves_their_community_sees_it_no_more(said, circle, cast):
    said.agree(by=cast.facilitator, community=circle)

    circle.memberships.get(person=cast.facilitator).end(by=cast.admin)

    assert CelebrationAnswer.objects.get().community is None
    assert not sees(cast.newcomer)


@pytest.mark.parametrize("who", ["facilitator", "coach"])
def test_when_either_leaves_what_was_not_answered_goes(said, circle, cast, who):
    circle.memberships.get(person=getattr(cast, who)).end(by=cast.admin)

    assert not Celebration.objects.exists()
    assert not Notice.objects.standing().filter(kind="celebration.offered").exists()


def test_when_who_said_it_leaves_what_is_shown_stays(said, circle, cast):
    said.agree(by=cast.facilitator, community=circle)

    circle.memberships.get(person=cast.coach).end(by=cast.admin)

    assert Celebration.objects.shown_in(circle.pk).get().by == cast.coach


def test_the_database_refuses_what_must_never_be(circle, cast):
    common = {"community": circle, "text": "Well done", "kind": "learned"}
    for wrong in (
        {"person": cast.coach, "by": cast.coach},
        {"person": cast.facilitator, "by": cast.coach, "text": ""},
        {"person": cast.facilitator, "by": cast.coach, "kind": "best"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Celebration.objects.create(**common | wrong)


def test_what_is_declined_is_shown_nowhere(said, circle):
    with pytest.raises(IntegrityError), transaction.atomic():
        CelebrationAnswer.objects.create(celebration=said, agreed=False, community=circle)
