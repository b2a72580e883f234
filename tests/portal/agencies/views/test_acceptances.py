"""From the link in the email to a signed-in person with a verified address."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from portal.agencies.models import Invitation
from portal.people.models import User
from tests import make
from tests.portal.agencies.make import invited

GOOD = {"name": "Mara Lindgren", "password": "three brown birds sing"}


@pytest.fixture
def agency(cast):
    return cast.northside.agency


@pytest.fixture
def opened(agency):
    invitation, token = invited(agency, email="mara@example.org")
    return invitation, f"/agencies/invitation/{token}/"


def with_password(person):
    person.set_password("an old password here")
    person.save()
    return person


def test_two_fields_and_they_are_in(client, opened):
    _invitation, link = opened
    page = client.get(link)
    assert list(page.context["form"].fields) == ["name", "password"]
    assert page.context["form"].initial == {"name": "Mara Lindgren"}

    answer = client.post(link, GOOD)

    person = User.objects.get(email="mara@example.org")
    assert (answer.status_code, answer.url) == (302, "/")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert [(e.email, e.verified, e.primary) for e in EmailAddress.objects.filter(user=person)] == [
        ("mara@example.org", True, True)
    ]
    assert person.positions.get().role == "facilitator"
    assert person.time_zone == "America/New_York"


def test_looking_at_the_link_uses_nothing_up(client, opened):
    # Mail scanners follow links.
    _invitation, link = opened
    client.get(link)
    client.head(link)

    assert Invitation.objects.standing().exists()
    assert not User.objects.filter(email="mara@example.org").exists()


@pytest.mark.parametrize("password", ["short", "password12", "", "mara@example.org"])
def test_a_weak_password_is_refused_with_words(client, opened, password):
    answer = client.post(opened[1], GOOD | {"password": password})

    assert answer.status_code == 422
    assert answer.context["form"].errors["password"]
    assert not User.objects.filter(email="mara@example.org").exists()


def test_a_used_link_says_to_sign_in(client, opened):
    client.post(opened[1], GOOD)
    answer = Client().get(opened[1])

    assert answer.status_code == 410
    assert "You have used it already" in answer.content.decode()


def test_a_revoked_link_says_who_took_it_back(cast, client, opened):
    opened[0].revoke(by=cast.admin)
    answer = client.post(opened[1], GOOD)

    assert answer.status_code == 410
    assert "Northside Family Partners took the invitation back" in answer.content.decode()
    assert not User.objects.filter(email="mara@example.org").exists()


def test_an_expired_link_says_whom_to_ask(client, opened):
    now = timezone.now()
    Invitation.objects.update(
        created_at=now - timedelta(days=20), expires_at=now - timedelta(days=6)
    )
    answer = client.get(opened[1])

    assert answer.status_code == 410
    assert "Ask Northside Family Partners to send it again" in answer.content.decode()


def test_an_earlier_link_says_to_look_for_the_newest(cast, client, opened):
    opened[0].resend(by=cast.admin)
    answer = client.get(opened[1])

    assert answer.status_code == 410
    assert "open the link in the newest email" in answer.content.decode()


def test_a_link_does_not_open_an_account_that_has_a_password(client, opened):
    person = with_password(make.person("Mara Lindgren", email="mara@example.org"))
    answer = client.get(opened[1])
    assert "Sign in as mara@example.org to join" in answer.content.decode()

    client.post(opened[1], GOOD)

    person.refresh_from_db()
    assert person.check_password("an old password here")
    assert "_auth_user_id" not in client.session
    assert Invitation.objects.standing().exists()


def test_signed_in_they_join_with_one_press(as_person, opened):
    person = with_password(make.person("Mara Lindgren", email="mara@example.org"))
    answer = as_person(person).post(opened[1])

    assert (answer.status_code, answer.url) == (302, "/")
    assert person.positions.get().agency == opened[0].agency


def test_someone_else_who_is_signed_in_cannot_take_it(as_coach, opened):
    answer = as_coach.post(opened[1], GOOD)

    assert "someone else is signed in" in answer.content.decode()
    assert Invitation.objects.standing().exists()


def test_who_left_comes_back_with_the_password_they_had(cast, client, agency):
    with_password(cast.coach)
    agency.departs(cast.coach, by=cast.admin)
    _invitation, token = invited(agency, email=cast.coach.email, role="coach")

    answer = client.post(f"/agencies/invitation/{token}/")

    coach = User.objects.get(pk=cast.coach.pk)
    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session
    assert (coach.is_active, coach.positions.current().count()) == (True, 1)


def test_trying_again_and_again_is_slowed_down(client, opened):
    answers = [client.post(opened[1], {"name": ""}).status_code for _ in range(21)]

    assert answers == [422] * 20 + [429]


def test_the_page_is_not_kept_by_a_browser(client, opened):
    assert "no-store" in client.get(opened[1])["Cache-Control"]
