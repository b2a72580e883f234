"""What allauth says reads as all the rest does: it says what to do, and blames nobody."""

import re

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils.html import strip_tags

from portal.agencies.adapters import AccountAdapter, SecondFactorAdapter
from tests.portal.people.make import prove_again, sign_in, with_password

COLD = re.compile(r"\b(please|invalid|incorrect|oops|token|cannot|must|failed)\b", re.I)
# Words for what is off here: phones and names to sign in with.
OFF = re.compile("phone|username")


@pytest.fixture
def amara(cast):
    return with_password(cast.facilitator)


def words_in(answer):
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode()))


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [(DefaultAccountAdapter, AccountAdapter), (DefaultMFAAdapter, SecondFactorAdapter)],
)
def test_every_word_that_allauth_has_is_ours(theirs, ours):
    left = {
        code
        for code, words in theirs.error_messages.items()
        if not OFF.search(code) and ours.error_messages[code] == words
    }

    assert left == set()
    kept = {code: str(w) for code, w in ours.error_messages.items() if not OFF.search(code)}
    assert [code for code, words in kept.items() if COLD.search(words)] == []


@pytest.mark.parametrize(
    ("page", "given", "words"),
    [
        ("password/change", {"oldpassword": "wrong"}, "That is not your current password."),
        (
            "password/change",
            {
                "oldpassword": "three brown birds sing",
                "password1": "a b c d e f g",
                "password2": "x",
            },
            "These two are not the same.",
        ),
        ("reauthenticate", {"password": "wrong"}, "That is not your password."),
        (
            "email",
            {"action_add": "", "email": "amara@example.org"},
            "You have this address already",
        ),
        ("email", {"action_add": "", "email": "amara"}, "Enter"),
        ("2fa/totp/activate", {"code": "000000"}, "Enter the newest code from the app"),
    ],
)
def test_what_is_wrong_says_what_to_do(client, amara, page, given, words):
    sign_in(client, amara.email)
    prove_again(client)
    said = words_in(client.post(f"/accounts/{page}/", given))

    assert words in said
    assert not COLD.search(said)


def test_a_wrong_password_and_an_unknown_address_read_the_same(client, amara):
    said = [
        words_in(sign_in(client, email, "a wrong password"))
        for email in (amara.email, "nobody@example.org")
    ]

    for words in said:
        assert "That email and password do not match." in words
        assert not COLD.search(words)


def test_nothing_given_says_what_to_enter(client, amara):
    said = words_in(client.post("/accounts/login/", {}))

    assert "Fill in “Email”." in said
    assert "Fill in “Password”." in said
    assert not COLD.search(said)


def test_a_wrong_code_says_which_to_enter(client, amara):
    TOTP.activate(amara, generate_totp_secret())
    sign_in(client, amara.email)
    said = words_in(client.post("/accounts/2fa/authenticate/", {"code": "000000"}))

    assert "Enter the newest code from the app, or a recovery code" in said
