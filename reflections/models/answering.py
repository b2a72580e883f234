"""Who may answer an entry that they read. Peers of a community read; they talk when they meet."""

from portal.agencies.access import has_role, supervisees_of
from portal.agencies.models import Role
from portal.people.models import User


def answers_everyone(reader: User) -> bool:
    """Whether a reader answers whatever they read: as a supervisor or coach, of whomever."""
    return has_role(reader, Role.SUPERVISOR, Role.COACH)


def may_answer(reader: User, author: int) -> bool:
    """Whether a reader answers the author of this id: as above, or because they look after them."""
    return answers_everyone(reader) or author in supervisees_of(reader)
