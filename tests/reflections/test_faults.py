"""While people write, web processes are killed and Redis stops: what was typed is what is stored.

20 saves in the suite. `FAULTS=full ./run test tests/reflections/test_faults.py` takes some minutes:
1,000 saves, the whole web server killed again and again, and a minute without Redis.
"""

import http.client
import json
import os
import random
import threading
import time
import urllib.parse
import uuid
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from portal.people.models import User
from reflections.models import Reflection, Version
from tests.reflections import make
from tests.webservers import WebServer

FULL = os.environ.get("FAULTS") == "full"
SAVES, WRITERS = (1000, 8) if FULL else (20, 4)
A_KILL_EACH = 5  # saves
WITHOUT_REDIS = 60 if FULL else 0.5  # seconds
PATIENCE = 120  # seconds for one save: a busy machine takes its time to start a server anew


@dataclass
class Writer:
    """Somebody's page: it goes on with a longer text when a save is answered, and says the same
    again when it is not."""

    web: WebServer
    cookie: str
    fields: dict[str, str]
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    typed: str = ""
    saved: int = 0
    again: int = 0
    wrong: list[str] = field(default_factory=list)

    def write(self, saves: int) -> None:
        try:
            for number in range(saves):
                self.typed += f"Sentence {number}, שלום 🌱. "
                self.save()
                stored = Reflection.objects.get(key=self.key).first_words
                if stored != self.typed.strip():
                    self.wrong.append(f"after save {number}")
                time.sleep(random.uniform(0, 0.1))
        except Exception as error:  # told by the test: a thread's own goes nowhere
            self.wrong.append(repr(error))
        finally:
            connection.close()

    def save(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                status, answer = self.post()
            except (OSError, http.client.HTTPException, ValueError):
                status, answer = 0, {}
            if status == http.HTTPStatus.OK:
                self.fields["version"] = str(answer["version"])
                self.saved += 1
                return
            if status and status < http.HTTPStatus.INTERNAL_SERVER_ERROR:
                raise RuntimeError(f"answered {status}")
            self.again += 1
            time.sleep(0.1)
        raise RuntimeError("not saved in time")

    def post(self) -> tuple[int, dict[str, object]]:
        box = f"answer_{make.three_questions().prompts.all()[0].pk}"
        body = urllib.parse.urlencode(self.fields | {box: self.typed})
        line = http.client.HTTPConnection(self.web.address, timeout=30)
        headers = {
            "Cookie": self.cookie,
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            line.request("POST", reverse("reflections:drafts.edit", args=[self.key]), body, headers)
            answer = line.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            line.close()


def at_a_blank_page(web: WebServer, person: User) -> Writer:
    client = Client()
    client.force_login(person)
    token = client.get(reverse("reflections:drafts.index")).json()["token"]
    names = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
    cookie = "; ".join(f"{name}={client.cookies[name].value}" for name in names)
    page = {name: str(value) for name, value in make.page().items()}
    return Writer(web, cookie, page | {"csrfmiddlewaretoken": token})


def pull_plugs(web: WebServer, writers: list[Writer], writing: list[threading.Thread]) -> int:
    """Kill a process after each so many saves, amid the next ones; how often."""
    killed, due = 0, A_KILL_EACH
    gone_until = time.monotonic() + WITHOUT_REDIS
    web.stop_queue()
    while any(thread.is_alive() for thread in writing):
        time.sleep(0.01)
        if sum(writer.saved for writer in writers) >= due:
            due += A_KILL_EACH
            if FULL and killed % 20 == 19:
                web.kill()
                web.start()
                killed += 1
            else:
                killed += web.kill_a_worker()
        if gone_until and time.monotonic() > gone_until:
            web.start_queue()
            gone_until = 0.0
    return killed


@pytest.mark.django_db(transaction=True)
def test_what_was_typed_is_stored_though_processes_die_and_redis_stops(cast):
    people = [cast.facilitator, cast.peer_partner, cast.supervisor, cast.coach]
    with WebServer() as web:
        writers = [at_a_blank_page(web, people[number % 4]) for number in range(WRITERS)]
        share = SAVES // WRITERS
        threads = [threading.Thread(target=each.write, args=[share]) for each in writers]
        for thread in threads:
            thread.start()
        killed = pull_plugs(web, writers, threads)
        for thread in threads:
            thread.join()

    again = sum(writer.again for writer in writers)
    print(f"{SAVES} saves, {killed} kills, {again} sent again")
    assert [writer.wrong for writer in writers] == [[]] * WRITERS
    assert killed > 0
    assert sum(writer.saved for writer in writers) == SAVES
    stored = {entry.key: entry.first_words for entry in Reflection.objects.all()}
    assert stored == {writer.key: writer.typed.strip() for writer in writers}
    assert not Version.objects.filter(is_refused=True).exists()  # nobody was told of a conflict
