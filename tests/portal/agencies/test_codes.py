"""An authenticator app, from setting it up to a lost phone."""

from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from tests.portal.people.make import prove_again, sign_in, with_password

NOW = 1_795_000_000  # a moment at which no half minute ends


def code_of(secret, steps=0):
    """What the app shows now, or `steps` half minutes later."""
    return format_hotp_value(hotp_value(secret, NOW // 30 + steps))


@pytest.fixture(autouse=True)
def _the_clock_of_codes_stands_still(monkeypatch):
    clock = SimpleNamespace(time=lambda: NOW)
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time", clock)


@pytest.fixture
def amara(cast):
    return with_password(cast.facilitator)


@pytest.fixture
def secret(client, amara):
    """What the app keeps, once it is set up on the page."""
    sign_in(client, amara.email)
    prove_again(client)
    page = client.get("/accounts/2fa/totp/activate/")
    assert "<svg" in page.content.decode() or "data:image" in page.content.decode()
    secret = client.session["mfa.totp.secret"]
    assert secret in page.content.decode().replace(" ", "")
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert Authenticator.objects.filter(user=amara, type="totp").exists()
    return secret


def test_it_is_set_up_and_asked_for_at_the_next_sign_in(amara, secret):
    phone = Client()
    assert sign_in(phone, amara.email).url == "/accounts/2fa/authenticate/"
    assert phone.get("/people/profile/").status_code == 302

    phone.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert phone.get("/people/profile/").status_code == 200


def test_a_code_opens_once(amara, secret):
    first, second = Client(), Client()
    code = code_of(secret)
    for client in (first, second):
        sign_in(client, amara.email)
        client.post("/accounts/2fa/authenticate/", {"code": code})

    assert [c.get("/people/profile/").status_code for c in (first, second)] == [200, 302]


def test_the_code_before_does_not_open(amara, secret):
    phone = Client()
    sign_in(phone, amara.email)
    answer = phone.post("/accounts/2fa/authenticate/", {"code": code_of(secret, -1)})

    assert "Enter the newest code from the app" in answer.content.decode()


def test_a_recovery_code_opens_once(client, amara, secret):
    if not Authenticator.objects.filter(user=amara, type="recovery_codes").exists():
        client.post("/accounts/2fa/recovery-codes/generate/")
    page = client.get("/accounts/2fa/recovery-codes/")
    code = Authenticator.objects.get(user=amara, type="recovery_codes").wrap().get_unused_codes()[0]
    assert code in page.content.decode()

    first, second = Client(), Client()
    for phone in (first, second):
        sign_in(phone, amara.email)
        phone.post("/accounts/2fa/authenticate/", {"code": code})

    assert [c.get("/people/profile/").status_code for c in (first, second)] == [200, 302]
