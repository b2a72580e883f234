"""A delivery's states: claimed by one, tried again with patience, freed once."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from portal.notices.models import Delivery, State
from portal.notices.models.delivery import MOST_ATTEMPTS
from tests.portal.notices import make
from tests.portal.notices.make import NOON, TimeToReflect

CLAIM_LASTS = settings.CLAIM_LASTS


@pytest.fixture
def delivery(cast):
    return make.delivery(
        cast.facilitator, cast.northside.agency, expires_at=NOON + timedelta(days=30)
    )


def test_a_claim_is_one_workers(delivery):
    assert Delivery.claim(NOON) == [delivery]
    assert Delivery.claim(NOON) == []


def test_it_waits_longer_each_time_and_then_gives_up(delivery):
    at, waits = NOON, []
    while found := Delivery.claim(at):
        [claimed] = found
        claimed.try_later(at, 451)
        if claimed.state == State.GIVEN_UP:
            break
        waits.append(claimed.next_try_at - at)
        at = claimed.next_try_at

    assert len(waits) == MOST_ATTEMPTS - 1
    assert timedelta(seconds=30) <= waits[0] <= timedelta(minutes=1)
    assert max(waits) <= timedelta(hours=4)
    assert (claimed.reason, claimed.smtp_code) == ("tried", 451)
    assert at - NOON <= timedelta(hours=24)


def test_it_is_never_tried_after_it_is_of_use(cast):
    make.delivery(cast.coach, cast.northside.agency, expires_at=NOON + timedelta(seconds=20))
    [claimed] = Delivery.claim(NOON)

    claimed.try_later(NOON)

    assert claimed.state == State.EXPIRED


def test_a_lost_claim_is_freed_once_and_then_given_up(delivery):
    Delivery.claim(NOON)
    assert Delivery.free_lost_claims(NOON + CLAIM_LASTS - timedelta(seconds=1)) == 0
    assert Delivery.free_lost_claims(NOON + CLAIM_LASTS) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.lost) == (State.PLANNED, 1)

    Delivery.claim(NOON + CLAIM_LASTS)
    Delivery.free_lost_claims(NOON + 2 * CLAIM_LASTS)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == (State.GIVEN_UP, "lost")


def test_of_a_lost_batch_only_the_first_few_may_have_gone(cast, monkeypatch):
    monkeypatch.setattr("portal.notices.models.delivery.AT_ONCE", 3)
    people = list(cast.northside.people())
    for lost_before in range(3):
        TimeToReflect.tell(
            people, about=cast.northside.agency, due_at=NOON - timedelta(days=lost_before)
        )
    claimed = Delivery.claim(NOON, 2 * len(people))
    assert len(claimed) == 2 * len(people)
    left = Delivery.objects.filter(state=State.PLANNED)
    assert left.count() == len(people)  # those that came due last

    assert Delivery.free_lost_claims(NOON + CLAIM_LASTS) == 2 * len(people)

    assert set(Delivery.objects.exclude(lost=0)) == set(claimed[:3])
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.PLANNED}


@pytest.mark.parametrize(
    ("lost", "unsure"),
    [((0, 1, 0), {0}), ((0, 0, 1), {0, 1}), ((1, 1, 0), {0}), ((0, 0, 0), {0, 1, 2})],
)
def test_what_was_lost_before_went_alone(cast, lost, unsure):
    """A mail that kills its worker is given up by itself."""
    TimeToReflect.tell(list(cast.northside.people())[:3], about=cast.northside.agency, due_at=NOON)
    claimed = Delivery.claim(NOON, 3)
    for delivery, before in zip(claimed, lost, strict=True):
        Delivery.objects.filter(pk=delivery.pk).update(lost=before)

    Delivery.free_lost_claims(NOON + CLAIM_LASTS)

    after = [Delivery.objects.get(pk=delivery.pk) for delivery in claimed]
    more = {n for n, delivery in enumerate(after) if delivery.lost > lost[n]}
    given_up = {n for n, delivery in enumerate(after) if delivery.state == State.GIVEN_UP}
    assert (more | given_up, given_up) == (unsure, {n for n in unsure if lost[n]})


def test_what_was_not_begun_goes_back_to_its_place(delivery, cast):
    make.delivery(cast.coach, cast.northside.agency, NOON + timedelta(minutes=1))
    claimed = Delivery.claim(NOON + timedelta(minutes=5), 2)

    assert Delivery.let_go(claimed[:1]) == 1

    delivery.refresh_from_db()
    assert (delivery.state, delivery.next_try_at, delivery.lost) == (State.PLANNED, NOON, 0)
    assert Delivery.objects.get(pk=claimed[1].pk).state == State.CLAIMED


def test_a_worker_that_wakes_late_does_not_overwrite_anothers_work(delivery):
    [sleeper] = Delivery.claim(NOON)
    Delivery.free_lost_claims(NOON + CLAIM_LASTS)
    [other] = Delivery.claim(NOON + CLAIM_LASTS)

    assert Delivery.hand_off([sleeper], NOON + CLAIM_LASTS) is False
    assert Delivery.hand_off([other], NOON + CLAIM_LASTS) is True


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"state": "claimed", "next_try_at": None}, "claimed_has_a_time"),
        ({"next_try_at": None}, "planned_has_a_time"),
        ({"settled_at": NOON}, "settled_has_a_time"),
        ({"state": "handed_off", "next_try_at": None}, "settled_has_a_time"),
        ({"state": "unheard", "next_try_at": None, "settled_at": NOON}, "settled_has_a_time"),
        (
            {"state": "suppressed", "next_try_at": None, "settled_at": NOON},
            "held_back_for_a_reason",
        ),
    ],
)
def test_the_database_refuses(delivery, changes, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(**changes)


def test_the_database_refuses_a_second_delivery_by_one_channel(delivery):
    delivery.pk = None

    with pytest.raises(IntegrityError, match="notices_delivery_once"), transaction.atomic():
        delivery.save(force_insert=True)
