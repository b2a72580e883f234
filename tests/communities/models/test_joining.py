"""Inviting, asking, answering: what makes a membership, and what does not."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from communities.models import Joining
from portal.audit.models import Entry
from tests.communities import make


@pytest.fixture
def circle(cast):
    return make.circle(cast, takes_requests=True)


def told(person) -> list[str]:
    return sorted(person.notices.standing().values_list("kind", flat=True))


def test_an_invited_person_says_yes(cast, circle):
    joining = Joining.invite(circle, cast.newcomer, by=cast.coach, role="coach")
    assert cast.newcomer not in circle.members()
    assert told(cast.newcomer) == ["joining.invited"]

    joining.accept(by=cast.newcomer)
    joining.accept(by=cast.newcomer)

    assert circle.memberships.get(person=cast.newcomer).role == "coach"
    assert told(cast.coach) == ["joining.accepted"]
    assert told(cast.newcomer) == []  # they know
    assert Entry.objects.filter(kind="joining.accepted").count() == 1


def test_an_invited_person_says_no_with_a_word(cast, circle):
    joining = Joining.invite(circle, cast.newcomer, by=cast.coach)

    joining.decline(by=cast.newcomer, answer="After my holidays, gladly.")
    joining.accept(by=cast.newcomer)

    joining.refresh_from_db()
    assert (joining.outcome, joining.answer) == ("declined", "After my holidays, gladly.")
    assert cast.newcomer not in circle.members()
    assert told(cast.coach) == ["joining.declined"]


def test_inviting_twice_asks_once(cast, circle):
    first = Joining.invite(circle, cast.newcomer, by=cast.coach)
    second = Joining.invite(circle, cast.newcomer, by=cast.admin)

    assert first == second
    assert cast.newcomer.notices.count() == 1
    assert Joining.invite(circle, cast.facilitator, by=cast.coach) is None  # a member


def test_who_asks_is_answered_by_a_host(cast, circle):
    joining = Joining.ask(circle, cast.newcomer, word="To learn with you.")
    again = Joining.ask(circle, cast.newcomer)
    assert again == joining
    assert (told(cast.coach), told(cast.admin)) == (["joining.asked"], [])

    joining.accept(by=cast.coach, answer="Welcome!")

    assert cast.newcomer in circle.members()
    assert told(cast.newcomer) == ["membership.welcome"]
    assert told(cast.coach) == []


def test_where_nobody_hosts_the_admins_hear_of_it(cast):
    circle = make.community(cast.northside.agency, takes_requests=True)

    Joining.ask(circle, cast.newcomer)

    assert told(cast.admin) == ["joining.asked"]


def test_a_declined_request_is_told_to_who_asked(cast, circle):
    joining = Joining.ask(circle, cast.newcomer)

    joining.decline(by=cast.coach, answer="We are full until spring.")

    assert told(cast.newcomer) == ["joining.declined"]
    assert told(cast.coach) == []


def test_when_both_ask_it_is_a_membership(cast, circle):
    Joining.ask(circle, cast.newcomer)
    Joining.invite(circle, cast.newcomer, by=cast.coach)
    Joining.invite(circle, cast.supervisor, by=cast.coach)
    Joining.ask(circle, cast.supervisor)

    assert {cast.newcomer, cast.supervisor} <= set(circle.members())
    assert circle.joinings.open().count() == 0


def test_a_request_is_taken_back(cast, circle):
    joining = Joining.ask(circle, cast.newcomer)

    joining.withdraw(by=cast.newcomer)

    assert joining.outcome == "withdrawn"
    assert told(cast.coach) == []
    assert Joining.ask(circle, cast.newcomer) != joining


def test_a_welcome_settles_what_waits(cast, circle):
    joining = Joining.ask(circle, cast.newcomer)

    circle.welcome(cast.newcomer, by=cast.admin)

    joining.refresh_from_db()
    assert joining.outcome == "accepted"


def test_not_every_community_takes_requests(cast):
    with pytest.raises(ValidationError, match="takes no requests"):
        Joining.ask(make.circle(cast), cast.newcomer)


def test_another_agencys_people_neither_ask_nor_are_invited(cast, circle):
    with pytest.raises(ValidationError, match="works for one of its agencies"):
        Joining.ask(circle, cast.riverbend.coach)
    with pytest.raises(ValidationError, match="works for one of its agencies"):
        Joining.invite(circle, cast.riverbend.coach, by=cast.coach)


def test_a_closed_community_lets_go_of_those_who_wait(cast, circle):
    joining = Joining.ask(circle, cast.newcomer)

    circle.close(by=cast.admin)

    joining.refresh_from_db()
    assert joining.outcome == "lapsed"
    with pytest.raises(ValidationError, match="closed"):
        Joining.ask(circle, cast.newcomer)


def test_a_departure_ends_what_waits(cast, circle):
    joining = Joining.ask(circle, cast.newcomer)

    cast.northside.agency.departs(cast.newcomer, by=cast.admin)

    joining.refresh_from_db()
    assert joining.outcome == "lapsed"


def test_one_wish_at_a_time(cast, circle):
    Joining.ask(circle, cast.newcomer)
    twin = Joining(community=circle, person=cast.newcomer, way="invited")

    with pytest.raises(ValidationError, match="invited already"):
        twin.validate_constraints()
    with pytest.raises(IntegrityError):
        twin.save()


@pytest.mark.parametrize(
    "wrong",
    [
        {"way": "asked", "role": "host"},
        {"way": "invited", "outcome": "accepted"},  # by nobody knows when
        {"way": "invited", "outcome": "forgotten"},
    ],
)
def test_what_must_never_be_is_refused(cast, circle, wrong):
    with pytest.raises(IntegrityError):
        Joining.objects.create(community=circle, person=cast.newcomer, **wrong)
