"""Signing in: by invitation only, verified, slowed down, and told by mail that cannot be lost."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from portal.people.models import Letter, User
from portal.people.tasks import sweep_letters

PASSWORD = "three brown birds sing"


@pytest.fixture
def amara(cast):
    cast.facilitator.set_password(PASSWORD)
    cast.facilitator.save()
    EmailAddress.objects.create(
        user=cast.facilitator, email=cast.facilitator.email, verified=True, primary=True
    )
    return cast.facilitator


def sign_in(client, password=PASSWORD, email="amara@example.org"):
    return client.post("/accounts/login/", {"login": email, "password": password})


def test_email_and_password_sign_in(client, amara):
    assert sign_in(client, email="Amara@Example.org").status_code == 302
    assert client.get("/people/profile/").status_code == 200


def test_nobody_signs_themselves_up(client, db):
    client.post("/accounts/signup/", {"email": "x@example.org", "password1": PASSWORD})

    assert not User.objects.exists()


def test_an_address_that_is_not_verified_does_not_sign_in(client, amara):
    EmailAddress.objects.update(verified=False)
    answer = sign_in(client)

    assert answer.url == "/accounts/confirm-email/"
    assert client.get("/people/profile/").status_code == 302
    assert Letter.objects.get().to == "amara@example.org"


def test_five_wrong_passwords_are_enough_for_a_while(client, amara):
    for _ in range(5):
        sign_in(client, "wrong wrong wrong")

    assert sign_in(client).status_code == 200
    assert client.get("/people/profile/").status_code == 302


def test_a_reset_link_comes_by_mail_and_works_once(client, amara):
    client.post("/accounts/password/reset/", {"email": "amara@example.org"})
    sweep_letters()
    link = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    page = client.get(link, follow=True)
    client.post(
        page.redirect_chain[-1][0],
        {"password1": "a new long password", "password2": "a new long password"},
    )
    amara.refresh_from_db()

    assert amara.check_password("a new long password")
    again = Client().get(link, follow=True).content.decode()
    assert "password1" not in again


def test_a_reset_for_nobody_answers_the_same_and_writes_nobody(client, amara):
    known = client.post("/accounts/password/reset/", {"email": "amara@example.org"})
    strange = Client().post("/accounts/password/reset/", {"email": "nobody@example.org"})

    assert (known.status_code, known.url) == (strange.status_code, strange.url)
    assert [letter.to for letter in Letter.objects.all()] == ["amara@example.org"]


def test_resets_are_slowed_down(client, amara):
    statuses = [
        client.post("/accounts/password/reset/", {"email": "amara@example.org"}).status_code
        for _ in range(6)
    ]

    assert statuses == [302] * 5 + [429]


def test_signing_the_other_devices_out_ends_them_at_once(client, amara):
    sign_in(client)
    phone = Client()
    sign_in(phone)
    client.post("/people/devices/")

    assert phone.get("/people/profile/").status_code == 302
    assert client.get("/people/profile/").status_code == 200


def test_a_second_factor_is_asked_for_before_anything_opens(client, amara):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(amara, generate_totp_secret())
    answer = sign_in(client)

    assert answer.url == "/accounts/2fa/authenticate/"
    assert client.get("/people/profile/").status_code == 302
    statuses = [
        client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code
        for _ in range(12)
    ]
    assert client.get("/people/profile/").status_code == 302
    assert set(statuses) <= {200, 422, 429}
