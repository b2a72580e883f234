"""Builders of what agencies hold."""

from typing import Any

from portal.agencies.models import Agency, Invitation
from portal.people.models import Letter
from tests.make import numbers


def invited(agency: Agency, *, by: Any = None, **fields: Any) -> tuple[Invitation, str]:
    """An invitation, and the token that its letter carries."""
    fields.setdefault("email", f"invited{next(numbers)}@example.org")
    fields.setdefault("name", "Mara Lindgren")
    fields.setdefault("role", "facilitator")
    invitation = agency.invites(by=by, **fields)
    return invitation, token_in(invitation.letter)


def words_of(letter: Letter) -> str:
    """A waiting letter's text."""
    return str(letter._message(None).body)


def token_in(letter: Letter) -> str:
    return words_of(letter).split("/agencies/invitation/")[1].split("/")[0]
