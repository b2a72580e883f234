"""Builders of the room of people."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.test import Client

from portal.people.models import User


def signed_in(person: User, user_agent: str = "Firefox/140.0 Windows") -> Client:
    """A browser on which the person is signed in, kept as the sign-in page keeps it."""
    client = Client(headers={"user-agent": user_agent})
    client.force_login(person)
    UserSession.objects.create(
        user=person,
        session_key=client.session.session_key,
        user_agent=user_agent,
        ip="203.0.113.7",
    )
    return client


def row_of(client: Client) -> UserSession:
    """What is kept of a browser."""
    return UserSession.objects.get(session_key=client.session.session_key)


PASSWORD = "three brown birds sing"


def with_password(person: User) -> User:
    """The person with PASSWORD and a confirmed address: as who came by an invitation."""
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_in(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post("/accounts/login/", {"login": email, "password": password})


def prove_again(client: Client) -> Any:
    """What guards an account's settings asks for, once in five minutes."""
    return client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def link_in(words: str, part: str) -> str:
    """The link of a mail that has `part` in it."""
    return next(word for word in words.split() if part in word)
