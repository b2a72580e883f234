"""Hosts take turns, one can be swapped, and a leaver drops out."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from communities.models import HostTurn, set_by_hand, take_turns
from portal.audit.models import Entry
from tests.communities import make
from tests.communities.make_series import NOW, on, tuesdays


@pytest.fixture
def series(cast):
    made = tuesdays(cast)
    make.membership(cast.supervisor, made.community)
    return made


@pytest.fixture
def three(cast):
    return [cast.coach, cast.facilitator, cast.supervisor]


def hosts(series, count: int = 6) -> list[str]:
    return [session.host.name.split()[0] for session in series.sessions.all()[:count]]


def test_each_hosts_in_turn(cast, series, three):
    take_turns(series, three, by=cast.coach, at=NOW)
    take_turns(series, three, by=cast.coach, at=NOW)

    assert hosts(series) == ["Dae", "Amara", "Carol"] * 2
    assert Entry.objects.filter(kind="series.rotated").count() == 1


def test_they_go_on_in_turn_when_more_is_written(cast, series, three):
    take_turns(series, three, by=cast.coach, at=NOW)

    series.plan_ahead(at=NOW + timedelta(weeks=4))

    assert hosts(series, 30) == ["Dae", "Amara", "Carol"] * 10


def test_one_is_swapped_and_keeps_that_host(cast, series, three):
    take_turns(series, three, by=cast.coach, at=NOW)
    set_by_hand(
        on(series, 10, 27), starts=datetime(2026, 10, 27, 15), minutes=60, host=cast.coach,
        by=cast.coach, at=NOW,
    )  # fmt: skip

    series.plan_ahead(at=NOW + timedelta(weeks=4))
    take_turns(series, [cast.supervisor, cast.facilitator], by=cast.coach, at=NOW)

    assert hosts(series, 4) == ["Carol", "Dae", "Carol", "Amara"]


def test_what_was_held_keeps_its_host_and_the_next_goes_on(cast, series, three):
    take_turns(series, three, by=cast.coach, at=NOW)
    later = NOW + timedelta(weeks=2)  # Dae and Amara have hosted

    series.community.memberships.get(person=cast.facilitator).end(by=cast.admin, at=later)

    assert hosts(series, 5) == ["Dae", "Amara", "Dae", "Carol", "Dae"]
    assert [turn.person for turn in series.turns.all()] == [cast.coach, cast.supervisor]


def test_a_successor_has_the_leavers_turn(cast, series, three):
    take_turns(series, three, by=cast.coach, at=NOW)

    cast.northside.agency.departs(cast.facilitator, by=cast.admin, hand_over_to=cast.newcomer)

    assert [turn.person for turn in series.turns.all()] == [
        cast.coach,
        cast.newcomer,
        cast.supervisor,
    ]


def test_without_turns_the_series_own_host_hosts(cast, series, three):
    take_turns(series, three, by=cast.coach, at=NOW)
    take_turns(series, [], by=cast.coach, at=NOW)

    assert hosts(series) == ["Dae"] * 6


def test_only_members_take_turns(cast, series):
    with pytest.raises(ValidationError, match="members"):
        take_turns(series, [cast.peer_partner], by=cast.coach, at=NOW)


@pytest.mark.parametrize("twin", ["place", "person"])
def test_a_turn_is_one_persons_and_a_person_has_one(cast, series, twin):
    HostTurn.objects.create(series=series, person=cast.coach, place=1)
    person, place = (cast.facilitator, 1) if twin == "place" else (cast.coach, 2)
    second = HostTurn(series=series, person=person, place=place)

    with pytest.raises(ValidationError, match="turn"):
        second.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()
