"""What a first visit weighs over the wire, and how many requests it makes, in a real Chromium
against the portal's own web server with production settings."""

import http.client
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser

from portal.people.models import User
from tests.bench.server import portal, session_of
from tests.bench.table import Figure, Table
from tests.browser import chromium

KILOBYTES, REQUESTS = 70, 12  # issue 2
WRITING, WRITING_KILOBYTES = "reflections:reflections.new", 60  # issue 4


def measure(table: Table, pages: dict[str, User | None]) -> None:
    """Each page of `pages` (URL name: who visits it), with nothing in the browser's cache."""
    if chromium.path() is None:
        print("\nNo Chromium: what a first visit weighs was not measured.")
        return
    table.title("First visit: over the wire, in Chromium, nothing cached")
    cookies = {name: session_of(person) for name, person in pages.items() if person}
    with portal() as address, chromium.launched() as browser:
        for name in pages:
            sizes = first_visit(browser, address, reverse(name), cookies.get(name))
            limit = KILOBYTES
            if name == WRITING:
                sizes += taken_along(address, cookies[name])
                limit = WRITING_KILOBYTES
            kilobytes = sum(sizes) / 1024
            table.add(Figure(name, kilobytes, "KB", limit, f"{len(sizes)} requests"))
            if len(sizes) > REQUESTS:
                table.add(Figure(f"{name}: requests", len(sizes), "requests", REQUESTS))


def first_visit(browser: Browser, address: str, url: str, session: str | None) -> list[float]:
    """Bytes over the wire of each answer, headers included. Raises RuntimeError when the page is
    not there: an error weighs little."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    if session:
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": session, "url": address}])
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    answer = page.goto(address + url, wait_until="networkidle")
    if answer is None or not answer.ok:
        raise RuntimeError(f"{url} answered {answer and answer.status}.")
    context.close()
    return sizes


def taken_along(address: str, session: str) -> list[float]:
    """What the worker of the writing page asks for by itself, which a page's own wire does not
    show: its script and the blank page. The rest of that comes from the browser's cache."""
    parts = urlsplit(address)
    sizes = []
    for url in (reverse("home:worker.show"), reverse("reflections:blanks.show")):
        line = http.client.HTTPConnection(parts.hostname or "", parts.port)
        cookie = f"{settings.SESSION_COOKIE_NAME}={session}"
        line.request("GET", url, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
        answer = line.getresponse()
        headers = sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
        sizes.append(float(len(answer.read()) + headers))
        if answer.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{url} answered {answer.status}.")
    return sizes
