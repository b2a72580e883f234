"""Where one is signed in: by name, and ended one at a time."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.audit.models import Entry
from portal.people import devices
from tests.portal.people.make import row_of, signed_in

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1"
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
PAGE = "/people/devices/"


@pytest.fixture
def laptop(cast):
    return signed_in(cast.facilitator, LAPTOP)


@pytest.fixture
def phone(cast):
    return signed_in(cast.facilitator, PHONE)


def test_each_has_a_name_and_this_one_is_marked_and_first(laptop, phone):
    answer = laptop.get(PAGE)
    words = answer.content.decode()

    assert [(d.user_agent, d.is_this_one) for d in answer.context["devices"]] == [
        (LAPTOP, True),
        (PHONE, False),
    ]
    assert words.count("This device") == 1
    for name in ("Firefox on Windows", "Sign out Safari on iPhone", "203.0.113.7"):
        assert name in words


def test_one_is_signed_out_at_once_and_the_others_stay(cast, laptop, phone):
    tablet = signed_in(cast.facilitator, "Chrome/140 Android")
    answer = laptop.post(f"{PAGE}{row_of(phone).pk}/", follow=True)

    assert "That device is signed out." in answer.content.decode()
    assert [c.get(PAGE).status_code for c in (phone, laptop, tablet)] == [302, 200, 200]
    assert [d.is_this_one for d in devices.of(cast.facilitator)] == [False, False]
    assert Entry.objects.filter(kind="person.signed_out_device").count() == 1


def test_signing_this_one_out_is_signing_out(laptop):
    answer = laptop.post(f"{PAGE}{row_of(laptop).pk}/")

    assert answer.url == "/accounts/login/"
    assert laptop.get(PAGE).status_code == 302


def test_all_but_this_one(laptop, phone):
    laptop.post(PAGE)

    assert [c.get(PAGE).status_code for c in (phone, laptop)] == [302, 200]


def test_nobody_signs_out_somebody_elses(phone, as_admin, as_stranger):
    for client in (as_admin, as_stranger, Client()):
        client.post(f"{PAGE}{row_of(phone).pk}/")

    assert phone.get(PAGE).status_code == 200


def test_asked_first_it_is_still_signed_in(laptop, phone):
    asked = laptop.get(f"{PAGE}{row_of(phone).pk}/")

    assert "Safari on iPhone" in asked.content.decode()
    assert phone.get(PAGE).status_code == 200


def test_a_device_is_seen_once_an_hour_and_not_on_every_page(laptop):
    def seen():
        return row_of(laptop).last_seen_at

    at_first = seen()
    laptop.get("/privacy/")
    assert seen() == at_first

    session = laptop.session
    session[devices.SEEN] -= 3601
    session.save()
    laptop.get("/privacy/")
    later = seen()
    assert later > at_first
    laptop.get("/privacy/")
    assert seen() == later


def test_a_session_that_ran_out_or_that_a_new_password_ended_is_no_device(cast, laptop, phone):
    from django.contrib.sessions.models import Session

    Session.objects.filter(session_key=phone.session.session_key).update(
        expire_date=timezone.now() - timedelta(seconds=1)
    )
    assert [d.user_agent for d in devices.of(cast.facilitator)] == [LAPTOP]

    cast.facilitator.set_password("another long password")
    cast.facilitator.save()
    assert devices.of(cast.facilitator) == []


@pytest.mark.parametrize("others", [1, 30])
def test_the_list_costs_the_same_for_many(cast, laptop, django_assert_num_queries, others):
    for _ in range(others):
        signed_in(cast.facilitator, PHONE)
    with django_assert_num_queries(2):
        assert len(devices.of(cast.facilitator)) == others + 1
