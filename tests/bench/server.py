"""Our own web server with production settings on the bench's database, and a person's session."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from portal.embedded.stack import WEB_OPTIONS
from portal.home.demo import people as demo_people
from portal.people.models import User

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds; a busy machine takes more than ten to start it


@contextmanager
def the_demo() -> Iterator[dict[str, User]]:
    """A database with the demo in it and the static files collected; one person a role."""
    name = settings.DATABASES["default"]["NAME"]
    connection.creation.create_test_db(verbosity=0)
    try:
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("demo", "--anyway", stdout=StringIO())
        yield demo_people.sign_ins()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


@contextmanager
def portal() -> Iterator[str]:
    """The address of the running server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    # The role may be called as the database is: only the path names the one to use.
    database = urlsplit(os.environ["DATABASE_URL"])
    ours = database._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = os.environ | {
        "DEBUG": "0",
        "SECRET_KEY": settings.SECRET_KEY,
        "PUBLIC_URL": address,
        "EMAIL_URL": "smtp://127.0.0.1:1",
        "LOG_LEVEL": "WARNING",
        "DATABASE_URL": urlunsplit(ours),
    }
    gunicorn = [sys.executable, "-m", "gunicorn", "portal.wsgi:application"]
    server = subprocess.Popen(
        [*gunicorn, "--bind", f"127.0.0.1:{port}", *WEB_OPTIONS], cwd=ROOT, env=environment
    )
    try:
        wait_for(server, address)
        yield address
    finally:
        server.terminate()
        server.wait(15)


def wait_for(server: subprocess.Popen[bytes], address: str) -> None:
    """Until it answers. Raises RuntimeError when it ended, or took longer than PATIENCE."""
    given_up = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < given_up:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5)
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The portal did not answer at {address} within {PATIENCE} seconds.")


def session_of(person: User) -> str:
    """The value of a signed-in person's cookie."""
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
