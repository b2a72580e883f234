"""Our own web server with production settings on the bench's database, and a person's session."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client

from portal.embedded.stack import WEB_OPTIONS
from portal.people.models import User

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def portal() -> Iterator[str]:
    """The address of the running server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    own, ours = os.environ["BENCH_OWN_DATABASE"], connection.settings_dict["NAME"]
    environment = os.environ | {
        "DEBUG": "0",
        "SECRET_KEY": settings.SECRET_KEY,
        "PUBLIC_URL": address,
        "EMAIL_URL": "smtp://127.0.0.1:1",
        "LOG_LEVEL": "WARNING",
        "DATABASE_URL": os.environ["DATABASE_URL"].replace(f"/{own}", f"/{ours}"),
    }
    gunicorn = [sys.executable, "-m", "gunicorn", "portal.wsgi:application"]
    server = subprocess.Popen(
        [*gunicorn, "--bind", f"127.0.0.1:{port}", *WEB_OPTIONS], cwd=ROOT, env=environment
    )
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=1)
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(15)


def session_of(person: User) -> str:
    """The value of a signed-in person's cookie."""
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
