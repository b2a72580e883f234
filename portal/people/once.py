"""What a request asks about its person again and again, asked once.

Only the person of a request remembers (`portal.people.middleware` begins it), and forgets when the
request is over: a job, a test or another person's row asks the database each time.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from portal.people.models import User
from portal.prepared import refuse_stand_in

T = TypeVar("T")


def begin(person: User) -> None:
    """From now on this object remembers; with a clean memory."""
    memory: dict[Any, Any] = {}
    person.remembered = memory  # type: ignore[attr-defined]  # lives as long as the request


def once(person: User, about: Any, read: Callable[[], T]) -> T:
    """What `read` finds about the person; read once where the person remembers."""
    refuse_stand_in(person)
    memory = getattr(person, "remembered", None)
    if memory is None:
        return read()
    if about not in memory:
        memory[about] = read()
    found: T = memory[about]
    return found
