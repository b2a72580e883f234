"""Opting out by a link in a mail: reading asks, posting does."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.notices.models import Category, Channel, Preference
from portal.notices.unsubscribing import token_for


@pytest.fixture
def link(cast) -> str:
    token = token_for(cast.facilitator, Category.SESSIONS, Channel.MAIL)
    return reverse("notices:unsubscriptions.new", args=[token])


@pytest.fixture
def provider() -> Client:
    """A mail provider: no session, no cookie, and forgery protection as in real life."""
    return Client(enforce_csrf_checks=True)


def wants(person) -> bool:
    return Preference.wants(person, Category.SESSIONS, Channel.MAIL)


def test_a_scanner_that_follows_the_link_changes_nothing(provider, link, cast):
    assert "Stop these emails" in provider.get(link).content.decode()
    assert wants(cast.facilitator)


def test_one_click_is_enough_for_a_mail_program(provider, link, cast):
    answer = provider.post(link, {"List-Unsubscribe": "One-Click"})

    assert (answer.status_code, answer.content) == (200, b"")
    assert not answer.cookies
    assert not wants(cast.facilitator)
    assert Preference.wants(cast.facilitator, Category.PRACTICE, Channel.MAIL)


def test_a_person_presses_a_button_and_is_told(provider, link, cast):
    answer = provider.post(link)

    assert "You get no more email about “Sessions and communities”" in answer.content.decode()
    assert not wants(cast.facilitator)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forged_link_gets_a_clear_answer_and_does_nothing(provider, link, cast, method):
    forged = link[:-3] + "x/"

    answer = getattr(provider, method)(forged)

    assert answer.status_code == 404
    assert "This link is incomplete" in answer.content.decode()
    assert wants(cast.facilitator)
    assert provider.post(forged, {"List-Unsubscribe": "One-Click"}).content == b""
