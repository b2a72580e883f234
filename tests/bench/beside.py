"""Today, over HTTP with one client, beside what was seen of Moodle's and Mahara's dashboards on
such a machine in one noisy pass (issue 2): 85 ms and 1.3 MB, 76 ms and 0.7 MB. The aim is 8 times
faster and 15 times lighter than Moodle."""

import http.client
import statistics
import time
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings

from portal.people.models import User
from tests.bench.server import portal, session_of
from tests.bench.table import Figure, Table
from tests.bench.weight import first_visit
from tests.browser import chromium

MOODLE_MS, MAHARA_MS = 85, 76
MOODLE_KB, MAHARA_KB = 1.3 * 1024, 0.7 * 1024
FASTER, LIGHTER = 8, 15
ROUNDS = 40


def measure(table: Table, person: User) -> None:
    """Median milliseconds of today, warm, and what its first visit weighs."""
    table.title("Today beside other portals' dashboards (theirs as quoted, not measured here)")
    session = session_of(person)
    with portal() as address:
        taken = milliseconds(address, session)
        for name, theirs, limit in (("Moodle", MOODLE_MS, 1 / FASTER), ("Mahara", MAHARA_MS, None)):
            share, note = (
                taken / theirs,
                f"{taken:.1f} ms of {theirs}: {theirs / taken:.1f} x faster",
            )
            table.add(Figure(f"today's time, of {name}'s", share, "of theirs", limit, note))
        if chromium.path() is None:
            return
        with chromium.launched() as browser:
            weight = sum(first_visit(browser, address, "/", session)) / 1024
        for name, theirs_kb, limit in (
            ("Moodle", MOODLE_KB, 1 / LIGHTER),
            ("Mahara", MAHARA_KB, None),
        ):
            note = f"{weight:.0f} KB of {theirs_kb:.0f}: {theirs_kb / weight:.0f} x lighter"
            table.add(
                Figure(f"today's weight, of {name}'s", weight / theirs_kb, "of theirs", limit, note)
            )


def milliseconds(address: str, session: str) -> float:
    """Median of one client's requests, one after another on a kept connection."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    headers = {
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}",
        "Accept-Encoding": "gzip",
    }
    taken = []
    for turn in range(ROUNDS + 10):
        began = time.perf_counter()
        connection.request("GET", "/", headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != HTTPStatus.OK:
            raise RuntimeError(f"Today answered {answer.status}: an error takes little time.")
        if turn >= 10:  # each thread of each process has been warmed
            taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)
