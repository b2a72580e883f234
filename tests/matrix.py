"""The access matrix: URL name by role.

Each app has a table in `tests/<app>/access_matrix.py`, a dict from URL name to a Row:

    MATRIX = {
        "communities:sessions.show": Row(
            lambda cast: {"pk": make.session(cast).pk},
            visitor=302, facilitator=200, peer_partner=404, supervisor=404, coach=404, admin=403,
            elsewhere=404,
        ),
    }

`elsewhere` is what every role of the other agency gets; ALIKE says that nothing of one agency is
asked for, so each gets there what it gets here. `tests/house/test_access.py` asks each by
GET, and where the answer is a refusal by POST too; it fails on a URL without a row and on a row
without a URL.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from tests.cast import ROLES, Cast

TABLES = [
    "tests.portal.access_matrix",
    "tests.portal.agencies.access_matrix",
    "tests.portal.home.access_matrix",
    "tests.portal.notices.access_matrix",
    "tests.portal.people.access_matrix",
    "tests.portal.reminders.access_matrix",
    "tests.communities.access_matrix",
    "tests.reflections.access_matrix",
    "tests.fidelity.access_matrix",
]
ALIKE = 0
REFUSALS = {302, 401, 403, 404}


def nothing(cast: Cast) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """What each role is answered. `arguments` makes the thing and returns the URL's arguments."""

    arguments: Callable[[Cast], dict[str, Any]] = nothing
    visitor: int = 302
    facilitator: int = 200
    peer_partner: int = 200
    supervisor: int = 200
    coach: int = 200
    admin: int = 200
    elsewhere: int = 200

    def expected(self, who: str) -> int:
        """Of "visitor", "admin" or "admin elsewhere"."""
        role, _space, elsewhere = who.partition(" ")
        return int((elsewhere and self.elsewhere) or getattr(self, role))


def everyone(status: int = 200, **others: Any) -> Row:
    """A row in which all roles, and the other agency's, get the same; visitors are named apart."""
    return Row(**dict.fromkeys((*ROLES, "elsewhere"), status) | others)


def the_matrix() -> dict[str, Row]:
    """All tables as one. Raises ValueError when two tables have the same URL."""
    matrix: dict[str, Row] = {}
    for table in TABLES:
        rows = import_module(table).MATRIX
        if twice := matrix.keys() & rows.keys():
            raise ValueError(f"in two tables: {twice}")
        matrix |= rows
    return matrix
