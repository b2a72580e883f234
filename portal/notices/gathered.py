"""What sending asks about each of many people, read for all of them at once.

A person whom `gather` was given knows the answers, as of that moment; anybody else, and every page,
asks the database each time.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db import models

from portal.people.models import User

T = TypeVar("T")


def known(person: User, model: type[models.Model], read: Callable[[], list[Any]]) -> list[Any]:
    """The rows of a model that are the person's: those gathered, or else what `read` finds."""
    gathered: dict[Any, list[Any]] = getattr(person, "gathered", {})
    return gathered[model] if model in gathered else read()


def gather(people: Iterable[User], *of: type[models.Model]) -> None:
    """Read the rows of these models, which have a `person`, for everyone: a query a model."""
    everyone = list(people)
    for person in everyone:
        person.gathered = {}  # type: ignore[attr-defined]  # as long as the batch
    gather_more(everyone, *of)


def gather_more(people: Iterable[User], *of: type[models.Model]) -> None:
    """The same for further models."""
    rows: dict[int, dict[Any, list[Any]]] = {}
    for person in people:
        rows[person.pk] = person.gathered  # type: ignore[attr-defined]
        rows[person.pk].update({model: [] for model in of})
    for model in of:
        theirs: Any = model._default_manager.filter(person__in=list(rows))
        for row in theirs:
            rows[row.person_id][model].append(row)


def forget(person: User, model: type[models.Model]) -> None:
    """Something became of it meanwhile: ask anew."""
    getattr(person, "gathered", {}).pop(model, None)
