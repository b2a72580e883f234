"""Many people typing at once against the portal's own web server: each saves a longer text every
few seconds, as their pages do after a pause. No error, no lost save, and how long a save takes."""

import http.client
import json
import random
import statistics
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import get_random_string

from portal.people.models import User
from reflections.models import Reflection
from tests.bench.server import portal, session_of
from tests.bench.table import Figure, Table
from tests.reflections import make

SECONDS = 60
PAUSES = (2.0, 4.0)  # seconds between two saves of a person who types
P95_MS = 500.0


@dataclass
class Typing:
    """One person's open page."""

    address: str
    session: str
    fields: dict[str, str]
    box: str
    key: UUID = field(default_factory=uuid4)
    token: str = field(default_factory=lambda: get_random_string(32))
    typed: str = ""
    taken: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def type(self, until: float) -> None:
        time.sleep(random.uniform(0, PAUSES[1]))
        while time.monotonic() < until:
            before, self.typed = self.typed, f"{self.typed}She waited, then spoke first. "
            # Our server closes what is quiet for two seconds; a browser connects anew by itself.
            line = http.client.HTTPConnection(self.address, timeout=30)
            try:
                self.save(line)
            except (OSError, http.client.HTTPException, ValueError) as error:
                self.typed = before
                self.errors.append(repr(error))
            finally:
                line.close()
            time.sleep(random.uniform(*PAUSES))

    def save(self, line: http.client.HTTPConnection) -> None:
        body = urllib.parse.urlencode(
            self.fields | {self.box: self.typed, "csrfmiddlewaretoken": self.token}
        )
        headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.session};"
            f" {settings.CSRF_COOKIE_NAME}={self.token}",
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        began = time.perf_counter()
        line.request("POST", reverse("reflections:drafts.edit", args=[self.key]), body, headers)
        answer = line.getresponse()
        said = answer.read()
        self.taken.append((time.perf_counter() - began) * 1000)
        if answer.status != http.HTTPStatus.OK:
            raise ValueError(answer.status)
        self.fields["version"] = str(json.loads(said)["version"])


def measure(table: Table, people: list[User]) -> None:
    table.title(f"{len(people)} people typing at once for {SECONDS} seconds")
    with portal() as address:
        desks = [at_a_page(urlsplit(address).netloc, person) for person in people]
        until = time.monotonic() + SECONDS
        threads = [threading.Thread(target=desk.type, args=[until]) for desk in desks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    taken = sorted(each for desk in desks for each in desk.taken)
    errors = [error for desk in desks for error in desk.errors]
    entries = Reflection.objects.filter(key__in=[desk.key for desk in desks])
    stored = dict(entries.values_list("key", "answers"))
    lost = [d for d in desks if next(iter(stored.get(d.key, {}).values()), "") != d.typed]
    note = f"{len(taken)} saves, median {statistics.median(taken):.0f} ms"
    table.add(Figure("a save: 95th percentile", taken[int(len(taken) * 0.95)], "ms", P95_MS, note))
    table.add(Figure("errors", len(errors), "answers", 0, ", ".join(sorted(set(errors))[:3])))
    table.add(Figure("texts that are not as typed", len(lost), "texts", 0))


def at_a_page(address: str, person: User) -> Typing:
    page = {name: str(value) for name, value in make.page(None, "").items()}
    box = next(name for name in page if name.startswith("answer_"))
    return Typing(address, session_of(person), page, box)
