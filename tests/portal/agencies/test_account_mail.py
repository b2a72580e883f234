"""From the mail that arrives to a signed-in person: a new password, another address."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from portal.people.tasks import sweep_letters
from tests.portal.people.make import PASSWORD, link_in, prove_again, sign_in, with_password

NEW = "four plain words here"
COLD = re.compile(r"please|example\.com|thank you for using|invalid", re.I)


@pytest.fixture
def amara(cast):
    return with_password(cast.facilitator)


def arrived(to):
    """The mails that have come to an address, newest last."""
    sweep_letters()
    mails = [m for m in mail.outbox if m.to == [to]]
    assert not [m for m in mails if COLD.search(m.subject + m.body)]
    return mails


def test_a_forgotten_password_from_the_mail_to_signed_in(client, amara):
    asked = client.post("/accounts/password/reset/", {"email": amara.email}, follow=True)
    assert "a link is on its way" in asked.content.decode()

    [letter] = arrived(amara.email)
    assert letter.subject == "Choose a new password"
    phone = Client()
    page = phone.get(link_in(letter.body, "/password/reset/key/"), follow=True)
    given = {"password1": NEW, "password2": NEW}
    done = phone.post(page.redirect_chain[-1][0], given, follow=True)

    assert "Your password is changed" in done.content.decode()
    assert 'href="/accounts/login/"' in done.content.decode()
    assert sign_in(phone, amara.email, NEW).url == "/"
    assert "_auth_user_id" not in client.session
    assert sign_in(client, amara.email, PASSWORD).status_code == 200
    assert arrived(amara.email)[-1].subject == "Your password has changed"


def test_a_new_password_ends_the_sessions_of_the_old(client, amara):
    sign_in(client, amara.email)
    Client().post("/accounts/password/reset/", {"email": amara.email})
    phone = Client()
    page = phone.get(link_in(arrived(amara.email)[0].body, "/reset/key/"), follow=True)
    phone.post(page.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})

    assert client.get("/people/profile/").status_code == 302


def test_a_link_that_was_cut_off_says_to_ask_for_a_new_one(client, db):
    answer = client.get("/accounts/password/reset/key/1-abc/", follow=True).content.decode()

    assert "This link has been used or is too old" in answer
    assert 'href="/accounts/password/reset/"' in answer


def test_an_address_is_confirmed_by_pressing_the_button_not_by_the_link_alone(client, amara):
    EmailAddress.objects.update(verified=False)
    sign_in(client, amara.email)
    [letter] = arrived(amara.email)
    link = link_in(letter.body, "/confirm-email/")

    asked = client.get(link)  # mail scanners follow links
    assert "Is this your address?" in asked.content.decode()
    assert not EmailAddress.objects.get().verified
    client.post(link)

    assert EmailAddress.objects.get().verified
    assert sign_in(Client(), amara.email).url == "/"


def test_another_address_is_confirmed_then_signed_in_with(client, amara):
    sign_in(client, amara.email)
    prove_again(client)
    client.post("/accounts/email/", {"action_add": "", "email": "Amara@home.example"})
    sign_in(Client(), "amara@home.example")
    client.post("/accounts/email/", {"action_primary": "", "email": "amara@home.example"})
    amara.refresh_from_db()
    assert amara.email == "amara@example.org"  # not before it is confirmed

    [letter] = arrived("amara@home.example")
    client.post(link_in(letter.body, "/confirm-email/"))
    client.post("/accounts/email/", {"action_primary": "", "email": "amara@home.example"})
    client.post("/accounts/email/", {"action_remove": "", "email": "amara@example.org"})
    amara.refresh_from_db()

    assert amara.email == "amara@home.example"
    assert sign_in(Client(), "amara@home.example").url == "/"
    assert sign_in(Client(), "amara@example.org").status_code == 200
    assert [m.subject for m in arrived("amara@example.org")] == [
        "Your address for Trellis has changed"
    ]


def test_what_was_done_says_where_and_what_to_do_if_it_was_not_you(client, amara):
    client.defaults["HTTP_USER_AGENT"] = "Firefox/140.0 Windows"
    sign_in(client, amara.email)
    given = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    client.post("/accounts/password/change/", given)
    [letter] = arrived(amara.email)

    assert letter.subject == "Your password has changed"
    assert "Firefox on Windows (127.0.0.1)" in letter.body
    assert "sign out the devices that you do not know" in letter.body
