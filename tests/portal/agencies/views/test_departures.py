"""Before a departure, its page shows what ends and what is handed over."""

from datetime import UTC, datetime

import pytest

from portal.agencies.models import Departure
from portal.people.models import User


@pytest.fixture
def url(cast):
    return f"/agencies/{cast.northside.agency.pk}/people/{cast.supervisor.pk}/departure/"


def test_asking_shows_and_does_nothing(as_admin, cast, url):
    answer = as_admin.get(url, {"show": "1", "hand_over_to": cast.coach.pk, "last_day": ""})
    words = answer.content.decode()

    assert "Supervision of Amara Okafor" in words
    assert "Role: supervisor" in words
    assert not Departure.objects.exists()
    assert User.objects.get(pk=cast.supervisor.pk).is_active


def test_without_a_choice_nothing_is_rehearsed(as_admin, url):
    assert "outcome" not in as_admin.get(url).context


def test_saying_so_does_it(as_admin, cast, url):
    answer = as_admin.post(url, {"hand_over_to": cast.coach.pk, "last_day": ""})

    assert answer.status_code == 302
    assert Departure.objects.get().hand_over_to == cast.coach
    assert not User.objects.get(pk=cast.supervisor.pk).is_active


def test_a_last_day_to_come_is_planned_for_the_midnight_after(as_admin, cast, url):
    as_admin.post(url, {"last_day": "2027-01-31"})

    assert Departure.objects.get().at == datetime(2027, 2, 1, 5, tzinfo=UTC)
    assert User.objects.get(pk=cast.supervisor.pk).is_active


def test_the_last_admin_is_told_why_not(as_admin, cast):
    url = f"/agencies/{cast.northside.agency.pk}/people/{cast.admin.pk}/departure/"
    answer = as_admin.post(url, {"last_day": ""})

    assert answer.status_code == 422
    assert "Make someone else an admin first" in answer.content.decode()


def test_no_stranger_takes_over(as_admin, cast, url):
    answer = as_admin.post(url, {"hand_over_to": cast.riverbend.supervisor.pk})

    assert answer.status_code == 422
    assert not Departure.objects.exists()


def test_a_plan_is_called_off(as_admin, cast, url):
    as_admin.post(url, {"last_day": "2027-01-31"})
    as_admin.post(f"/agencies/departures/{Departure.objects.get().pk}/call-off/")

    assert not Departure.objects.exists()


def test_welcome_back(as_admin, cast, url):
    as_admin.post(url, {"last_day": ""})
    back = url.replace("departure/", "return/")
    as_admin.post(back, {"role": "supervisor", "first_day": "2026-11-23"})

    assert User.objects.get(pk=cast.supervisor.pk).is_active
    assert cast.supervisor.positions.not_over().count() == 1
