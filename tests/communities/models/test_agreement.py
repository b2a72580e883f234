"""An agreement, its versions, and who accepted which."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from communities.models import Acceptance, Agreement
from tests.communities import make, make_belonging


@pytest.fixture
def circle(cast):
    return make.circle(cast)


def waits_for(person) -> list[int]:
    return [each.number for each in Agreement.objects.waiting_for(person)]


def test_every_member_is_asked_and_who_wrote_it_has_said_yes(cast, circle):
    make_belonging.agreement(circle, cast, by=cast.coach)

    assert (waits_for(cast.facilitator), waits_for(cast.coach)) == ([1], [])
    assert cast.facilitator.notices.standing().filter(kind="agreement.asked").count() == 1
    assert cast.coach.notices.count() == 0
    assert waits_for(cast.admin) == []  # no member


def test_saying_yes_twice_is_as_once(cast, circle):
    agreement = make_belonging.agreement(circle, cast)

    assert agreement.accept(person=cast.facilitator) == agreement.accept(person=cast.facilitator)

    assert waits_for(cast.facilitator) == []
    assert not cast.facilitator.notices.standing().exists()


def test_a_new_version_asks_everyone_again(cast, circle):
    first = make_belonging.agreement(circle, cast)
    first.accept(person=cast.facilitator)
    make_belonging.agreement(circle, cast, text="What is said stays here. We are on time.")

    assert waits_for(cast.facilitator) == [2]
    with pytest.raises(ValidationError, match="newer version"):
        first.accept(person=cast.coach)
    assert [(p.name, n) for p, n in Agreement.accepted_by_member(circle)] == [
        ("Dae Kim", None),
        ("Amara Okafor", 1),
    ]


def test_the_same_words_are_no_new_version(cast, circle):
    first = make_belonging.agreement(circle, cast)

    assert make_belonging.agreement(circle, cast) == first


def test_nobody_writes_over_what_another_saved_meanwhile(cast, circle):
    make_belonging.agreement(circle, cast)

    with pytest.raises(ValidationError, match="while you wrote"):
        Agreement.write(circle, text="Other words", by=cast.coach, after=0)


def test_what_changed_is_said(cast, circle):
    make_belonging.agreement(circle, cast)

    with pytest.raises(ValidationError, match="what changed"):
        make_belonging.agreement(circle, cast, text="Other words", what_changed="")
    with pytest.raises(IntegrityError):
        Agreement.objects.create(community=circle, number=2, text="Other words")


def test_a_number_is_given_once(cast, circle):
    make_belonging.agreement(circle, cast)

    with pytest.raises(IntegrityError):
        Agreement.objects.create(community=circle, number=1, text="Other words")


def test_a_yes_is_given_once(cast, circle):
    agreement = make_belonging.agreement(circle, cast)
    agreement.accept(person=cast.facilitator)

    with pytest.raises(IntegrityError):
        Acceptance.objects.create(agreement=agreement, person=cast.facilitator)


def test_who_leaves_and_comes_back_is_asked_again(cast, circle):
    agreement = make_belonging.agreement(circle, cast)
    agreement.accept(person=cast.facilitator)

    circle.memberships.get(person=cast.facilitator).end(by=cast.facilitator)
    assert waits_for(cast.facilitator) == []
    circle.welcome(cast.facilitator, by=cast.admin)

    assert waits_for(cast.facilitator) == [1]


def test_another_role_asks_nobody_again(cast, circle):
    agreement = make_belonging.agreement(circle, cast)
    agreement.accept(person=cast.facilitator)

    circle.memberships.get(person=cast.facilitator).become("coach", by=cast.coach)

    assert waits_for(cast.facilitator) == []
