"""Guessing is slowed down everywhere, and who is slowed down reads what to do."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from portal.agencies.models import Invitation
from portal.people.models import Letter
from tests.portal.agencies.make import invited
from tests.portal.people.make import sign_in, with_password


@pytest.fixture
def amara(cast):
    return with_password(cast.facilitator)


def statuses(times, act):
    return [act().status_code for _ in range(times)]


def in_words(answer):
    assert answer.status_code == 429
    assert "Wait a few minutes, then try again." in answer.content.decode()


def test_signing_in_from_one_place(client, amara):
    codes = statuses(31, lambda: client.post("/accounts/login/", {"login": "", "password": "x"}))

    assert codes == [200] * 30 + [429]
    in_words(sign_in(client, amara.email))


def test_guessing_one_persons_password_from_many_places(amara):
    for place in range(5):
        sign_in(Client(REMOTE_ADDR=f"203.0.113.{place}"), amara.email, "a wrong password")
    answer = sign_in(Client(REMOTE_ADDR="203.0.113.99"), amara.email)

    assert "Wait five minutes and try again" in answer.content.decode()
    assert "I forgot my password" in answer.content.decode()


def test_asking_for_resets(client, amara):
    def ask():
        return client.post("/accounts/password/reset/", {"email": amara.email})

    assert statuses(6, ask) == [302] * 5 + [429]
    in_words(ask())
    assert Letter.objects.count() == 5


def test_trying_reset_links(client, amara):
    def ask():
        given = {"password1": "a new long password", "password2": "a new long password"}
        return client.post("/accounts/password/reset/key/1-set-password/", given)

    assert statuses(21, ask)[-1] == 429


def test_accepting_invitations(client, cast):
    _invitation, token = invited(cast.northside.agency)

    def ask():
        return client.post(f"/agencies/invitation/{token}/", {"name": ""})

    assert statuses(21, ask) == [422] * 20 + [429]
    in_words(ask())


def test_codes(client, amara):
    secret = generate_totp_secret()
    TOTP.activate(amara, secret)
    sign_in(client, amara.email)
    for _ in range(5):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    answer = client.post("/accounts/2fa/authenticate/", {"code": "000000"})

    assert "Wait five minutes and try again" in answer.content.decode()
    assert client.get("/people/profile/").status_code == 302


def test_proving_again_that_it_is_you(client, amara):
    sign_in(client, amara.email)

    def ask():
        return client.post("/accounts/reauthenticate/", {"password": "a wrong password"})

    codes = statuses(11, ask)
    assert set(codes[:10]) <= {200, 422}
    assert codes[10] == 429
    in_words(ask())


def test_changing_the_password(client, amara):
    sign_in(client, amara.email)

    def ask():
        return client.post("/accounts/password/change/", {"oldpassword": "a wrong password"})

    assert statuses(6, ask)[-1] == 429


def test_sending_invitations_again(as_admin, cast):
    invited(cast.northside.agency)
    url = f"/agencies/invitations/{Invitation.objects.get().pk}/again/"

    codes = statuses(61, lambda: as_admin.post(url))
    assert codes == [302] * 60 + [429]


def test_sending_the_link_to_confirm_again(client, amara):
    EmailAddress.objects.update(verified=False)
    for _ in range(3):
        sign_in(client, amara.email)

    assert Letter.objects.count() == 1  # the first one's link is good still
