"""A stand-in's last role ends by its date: what they see at once, the rest within a minute."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.agencies.lapses import end_lapsed, lapsed
from portal.agencies.models import Departure
from portal.agencies.notices import PositionBegun
from portal.agencies.tasks import end_lapsed_access
from portal.audit.models import Entry
from portal.celery import TICKS
from portal.notices.models import Notice
from portal.people.models import FeedToken, User
from tests import make
from tests.portal.people.make import signed_in


@pytest.fixture
def stand_in(db):
    """Signed in, with a calendar address and a notice that waits; their role was over a minute
    ago, and no tick has come yet."""
    agency = make.agency("Hillside")
    person = make.person("Stan Ind", email="stan@example.org")
    over = timezone.now() - timedelta(minutes=1)
    position = make.position(person, agency, "admin", until=over)
    person.browser = signed_in(person)
    person.token = FeedToken.issue(person)
    PositionBegun.tell([person], about=position, due_at=timezone.now() + timedelta(days=1))
    return person


def test_what_they_see_ends_at_that_instant(stand_in):
    agency = stand_in.positions.get().agency
    page = f"/agencies/{agency.pk}/people/"
    assert stand_in.browser.get(page).status_code == 404

    stand_in.positions.update(until=timezone.now() + timedelta(minutes=1))
    assert stand_in.browser.get(page).status_code == 200


def test_a_tick_ends_devices_calendar_addresses_and_notices(stand_in):
    end_lapsed_access()
    stand_in.refresh_from_db()

    assert stand_in.browser.get("/people/profile/").status_code == 302
    assert not stand_in.usersession_set.exists()
    assert Client().get(f"/communities/calendar/{stand_in.token}.ics").status_code == 404
    assert not FeedToken.objects.standing().exists()
    assert not Notice.objects.standing().filter(recipient=stand_in).exists()
    assert stand_in.is_active is False


def test_the_tick_comes_each_minute():
    assert TICKS["lapses"] == ("portal.agencies.tasks.end_lapsed_access", 60)


def test_it_is_told_once(stand_in):
    assert [end_lapsed(), end_lapsed()] == [1, 0]

    entry = Entry.objects.get(kind="departure.by_date")
    departure = Departure.objects.get(person=stand_in)
    assert (entry.subject_id, entry.actor_id) == (departure.pk, None)
    assert departure.at == stand_in.positions.get().until


@pytest.mark.parametrize("until", [None, timedelta(hours=1)])
def test_who_has_a_role_elsewhere_keeps_access(stand_in, until):
    make.position(stand_in, make.agency(), until=until and timezone.now() + until)

    assert end_lapsed() == 0
    assert stand_in.browser.get("/people/profile/").status_code == 200


def test_who_begins_another_role_later_keeps_access(stand_in):
    make.position(stand_in, make.agency(), since=timezone.now() + timedelta(days=3))

    assert end_lapsed() == 0


def test_two_agencies_are_left_each_on_its_day(stand_in):
    first = make.position(stand_in, make.agency(), until=timezone.now() - timedelta(days=9))
    end_lapsed()

    left = Departure.objects.filter(person=stand_in).order_by("at")
    assert [(d.at, d.ended_access) for d in left] == [
        (first.until, False),
        (stand_in.positions.exclude(pk=first.pk).get().until, True),
    ]


def test_a_planned_departure_and_its_hand_over_come_first(stand_in):
    agency = stand_in.positions.get().agency
    later = timezone.now() + timedelta(hours=2)
    Departure.objects.create(agency=agency, person=stand_in, at=later)

    assert end_lapsed() == 0


def test_who_runs_operations_is_left_alone(stand_in):
    User.objects.filter(pk=stand_in.pk).update(is_staff=True)

    assert not lapsed().exists()


def test_somebody_without_any_position_ever_is_left_alone(db):
    make.person()

    assert not lapsed().exists()


def test_a_role_that_is_prolonged_or_given_anew_lets_them_in_again(stand_in):
    end_lapsed()
    position = stand_in.positions.select_related("person", "agency").get()
    position.last_until(None, by=None)
    stand_in.refresh_from_db()

    assert stand_in.is_active
    assert signed_in(stand_in).get("/people/profile/").status_code == 200
    assert end_lapsed() == 0


def test_what_operations_decided_afterwards_stands(stand_in):
    end_lapsed()
    User.objects.filter(pk=stand_in.pk).update(is_active=True)

    assert end_lapsed() == 0
    stand_in.refresh_from_db()
    assert stand_in.is_active
