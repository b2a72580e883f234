"""Server time of every page as a multiple of an empty view's, and its queries.

Every URL of the access matrix that answers some role with 200: lists and dashboards as the demo
agency's people, with their months of data; the others on what the matrix makes.

A PDF is no page: nobody passes through it on the way to something, its reader asks for it by name
and keeps it, and most of its time goes into the font that it carries. Documents are listed among
the pages, in milliseconds, with a limit of their own.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from portal.people.models import User
from tests.bench.table import Figure, Table, in_turn
from tests.cast import ROLES, Cast
from tests.matrix import Row, nothing, the_matrix

EMPTY = "/bench/empty"
TIMES_EMPTY = 5.0  # issue 2: median server time of any page at most 5 times an empty view's
QUERIES = 15
DOCUMENT_MS = 60.0
ROUNDS = 15
APART = ("account_", "mfa_", "usersessions_", "admin:")  # other people's pages: shown, not limited


def measure(table: Table, cast: Cast, demo: dict[str, User], only: str = "") -> None:
    """Every page, or those whose URL name begins with `only`."""
    table.title("Pages: median server time as a multiple of an empty view's, taken in turn")
    for name, row in sorted(the_matrix().items()):
        role = first_admitted(row)
        if role is None or not name.startswith(only):
            continue
        person = visitor(row, role, cast, demo)
        with transaction.atomic():  # each on what its own row makes, and not on all before it too
            one_page(table, name, reverse(name, kwargs=row.arguments(cast)), person)
            transaction.set_rollback(True)


def first_admitted(row: Row) -> str | None:
    """A role that the matrix lets in, the ones with most to see first."""
    for role in ("supervisor", "coach", "admin", "facilitator", "peer_partner"):
        if role in ROLES and row.expected(role) == 200:
            return role
    return None


def visitor(row: Row, role: str, cast: Cast, demo: dict[str, User]) -> User:
    """Who of this role opens it: what lists and adds up shows the demo agency's months of data."""
    on_demo = row.arguments is nothing and role in demo
    person: User = demo[role] if on_demo else getattr(cast, role)
    return person


def one_page(table: Table, name: str, url: str, person: User) -> None:
    client = Client(headers={"Accept-Encoding": "gzip"})  # as every browser asks
    client.force_login(person)
    answer = client.get(url)
    if answer.status_code == 302 and name.startswith(APART):
        return  # asks for the password once more first
    if answer.status_code != 200:
        table.add(Figure(name, answer.status_code, "status", 200))
        return
    if answer.streaming:
        return  # a file to keep: its bytes are what it costs
    queries = questions(lambda: client.get(url))
    medians = in_turn(ROUNDS, page=lambda: client.get(url), empty=lambda: client.get(EMPTY))
    if answer.headers["Content-Type"] == "application/pdf":
        words = f"a document, {queries} queries {len(answer.content) / 1024:.1f} KB"
        table.add(Figure(name, medians["page"] * 1000, "ms", DOCUMENT_MS, words))
        return
    ours = not name.startswith(APART)
    times = medians["page"] / medians["empty"]
    table.add(
        Figure(
            name,
            times,
            "x empty",
            TIMES_EMPTY if ours else None,
            f"{medians['page'] * 1000:6.1f} ms {queries:3d} queries"
            f" {len(answer.content) / 1024:6.1f} KB",
        )
    )
    if ours and queries > QUERIES:
        table.add(Figure(f"{name}: queries", queries, "queries", QUERIES))


def questions(act: Callable[[], object]) -> int:
    """How many queries an act asks."""
    asked = 0

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        act()
    return asked
