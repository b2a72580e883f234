"""`./run bench weights`: what every page of the access matrix weighs over the wire, in a real
Chromium against the portal's own web server with production settings.

Each is opened with a profile of its own, and once more with what that left in the browser's cache;
where links lead to pages of that name in the demo, the heaviest of those. What is over its limit
has a line, and the heaviest have one.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext

from portal.people.models import User
from tests.bench.pages import first_admitted, visitor
from tests.bench.server import portal, session_of
from tests.bench.table import Figure, Table
from tests.bench.walk import heaviest
from tests.bench.weight import KILOBYTES, REQUESTS
from tests.bench.wire import Wire
from tests.browser import chromium, pages
from tests.cast import Cast
from tests.matrix import Row, the_matrix

LATER_KILOBYTES = 25  # issue 7
ONE_TRIP = 10 * 1460 / 1024  # kilobytes that a server sends before it hears back (RFC 6928)
SHOWN = 5  # of each kind, the heaviest


class Refused(Exception):
    """The page is not there for them."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True)
class Visit:
    """What one visit cost."""

    kilobytes: float
    requests: int


@dataclass(frozen=True)
class Weight:
    """A page with nothing in the browser's cache, and with what the first visit left there."""

    name: str
    first: Visit
    later: Visit


def measure(table: Table, cast: Cast, demo: dict[str, User]) -> None:
    """Every page, as somebody who may enter. Without a Chromium, nothing."""
    if chromium.path() is None:
        print("\nNo Chromium: what the pages weigh was not measured.")
        return
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop in this thread
    on_demo = heaviest(list(demo.values()))
    found = []
    with portal() as address, chromium.launched() as browser:
        wire = Wire(address)
        for name, url, session in addresses(cast, demo, on_demo):
            try:
                if weighed := weight(browser, wire, name, url, session):
                    found.append(weighed)
            except Refused as refused:  # an error weighs little
                table.add(Figure(f"{name} at {url}", refused.status, "status", 200))
        wire.cut()
        connection.close()  # of two: while a browser's loop runs here, Django has one apart
    in_one = sum(each.later.kilobytes <= ONE_TRIP for each in found)
    table.title(
        f"{len(found)} pages over the wire, in Chromium: the heaviest, and all over a limit\n"
        f"({in_one} come whole with a server's first {ONE_TRIP:.1f} KB, in one round trip)"
    )
    report(table, "first", {each.name: each.first for each in found}, KILOBYTES)
    report(table, "later", {each.name: each.later for each in found}, LATER_KILOBYTES)
    most = sorted(found, key=lambda each: -each.first.requests)
    for place, each in enumerate(most):
        if not place or each.first.requests > REQUESTS:
            table.add(Figure(each.name, each.first.requests, "requests", REQUESTS))


def addresses(
    cast: Cast, demo: dict[str, User], on_demo: dict[str, tuple[str, User]]
) -> Iterator[tuple[str, str, str | None]]:
    """The URL name, a URL, and the session of who opens it; each is made when it is its turn, since
    what the next needs may take it away."""
    sessions: dict[int, str] = {}
    for name, row in sorted(the_matrix().items()):
        role = first_admitted(row)
        if role is not None:
            url, person = on_demo.get(name) or made(name, row, role, cast, demo)
            if person.pk not in sessions:
                sessions[person.pk] = session_of(person)
            yield name, url, sessions[person.pk]
        elif row.visitor == 200:
            yield name, reverse(name, kwargs=row.arguments(cast)), None


def made(name: str, row: Row, role: str, cast: Cast, demo: dict[str, User]) -> tuple[str, User]:
    """What the page is about, made by the matrix; and who of this role opens it."""
    return reverse(name, kwargs=row.arguments(cast)), visitor(row, role, cast, demo)


def weight(browser: Browser, wire: Wire, name: str, url: str, session: str | None) -> Weight | None:
    """None for a file, and for what is no page. Raises Refused when it is not there."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    if session:
        cookie = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": cookie, "value": session, "url": wire.url}])
    try:
        first = visit(context, wire, url)
        later = first and visit(context, wire, url)
        return Weight(name, first, later) if first and later else None
    finally:
        context.close()


def visit(context: BrowserContext, wire: Wire, url: str) -> Visit | None:
    """One opening of the page, to the last byte that it or its worker asks for."""
    wire.rest()
    wire.forget()
    page = context.new_page()
    answer = pages.opened(page, wire.url + url)
    wire.rest()
    page.close()
    if answer is None:
        return None
    if not answer.ok:
        raise Refused(answer.status)
    return Visit(wire.kilobytes, wire.requests)


def report(table: Table, which: str, visits: dict[str, Visit], limit: float) -> None:
    """The heaviest, and every other that is over its limit."""
    heaviest = sorted(visits.items(), key=lambda each: -each[1].kilobytes)
    for place, (name, each) in enumerate(heaviest):
        if place < SHOWN or each.kilobytes > limit:
            words = f"{each.requests} requests"
            table.add(Figure(f"{name}, {which}", each.kilobytes, "KB", limit, words))
