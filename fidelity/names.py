"""What people are called, by id: for pages that read nothing else of them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from portal.people.models import User
from portal.prepared import prepared


def names_of(people: Iterable[int]) -> dict[int, str]:
    """Their names, or addresses where they have given none. One query."""
    return {pk: name or email for pk, name, email in _named(sorted(people))}


@prepared
def _named(people: list[int]) -> QuerySet[Any, Any]:
    return User.objects.filter(pk__in=people).values_list("pk", "name", "email")
