"""Tiny builders: one keyword a fact, decent values for the rest."""

from datetime import datetime
from itertools import count
from typing import Any

from portal.agencies.models import Agency, Position, Role, Supervision
from portal.people.models import User

numbers = count(1)
LONG_AGO = datetime.fromisoformat("2026-01-05T05:00:00+00:00")


def person(name: str = "", **fields: Any) -> User:
    """Someone who can sign in (by the client's force_login: no password is hashed here)."""
    user = unsaved_person(name, **fields)
    user.save()
    return user


def unsaved_person(name: str = "", **fields: Any) -> User:
    """The same, to be written together with others."""
    name = name or f"Person {next(numbers)}"
    fields.setdefault("email", f"{name.lower().replace(' ', '.')}.{next(numbers)}@example.org")
    user = User(name=name, **fields)
    user.set_unusable_password()
    return user


def agency(name: str = "", **fields: Any) -> Agency:
    fields.setdefault("time_zone", "America/New_York")
    return Agency.objects.create(name=name or f"Agency {next(numbers)}", **fields)


def position(person: User, agency: Agency, role: str = Role.FACILITATOR, **fields: Any) -> Position:
    fields.setdefault("since", LONG_AGO)
    return Position.objects.create(person=person, agency=agency, role=role, **fields)


def supervision(supervisor: User, supervisee: User, agency: Agency, **fields: Any) -> Supervision:
    fields.setdefault("since", LONG_AGO)
    return Supervision.objects.create(
        supervisor=supervisor, supervisee=supervisee, agency=agency, **fields
    )
