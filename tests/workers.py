"""Real Celery workers on the test's own database, queue and mail server."""

import os
import signal
import subprocess
import sys
import urllib.parse
import uuid
from pathlib import Path
from typing import Any

from celery import Celery
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


def address_of_the_test_database() -> str:
    known = connection.settings_dict
    login = f"{urllib.parse.quote(known['USER'])}:{urllib.parse.quote(known['PASSWORD'])}"
    query = urllib.parse.urlencode({"host": known["HOST"], "port": known["PORT"] or 5432})
    return f"postgresql://{login}@/{known['NAME']}?{query}"


class Workers:
    """Workers on a queue that no other test has: tests in parallel share one broker."""

    def __init__(self, mail_url: str, *include: str) -> None:
        self.queue = f"test-{uuid.uuid4().hex}"
        self.include = ["-I", ",".join(include)] if include else []
        self.environment = os.environ | {
            "DEBUG": "1",
            "DATABASE_URL": address_of_the_test_database(),
            "EMAIL_URL": mail_url,
            "QUEUE": self.queue,
        }
        self.processes: list[subprocess.Popen[bytes]] = []
        self._app = Celery(broker=settings.CELERY_BROKER_URL, set_as_current=False)

    def start(self, concurrency: int = 2) -> subprocess.Popen[bytes]:
        """One more worker process, with so many children."""
        words = [sys.executable, "-m", "celery", "-A", "portal.celery", "worker"]
        words += ["--concurrency", str(concurrency), "--hostname", f"{uuid.uuid4().hex}@test"]
        words += ["--loglevel", "WARNING", "--without-gossip", "--without-mingle", *self.include]
        process = subprocess.Popen(words, cwd=ROOT, env=self.environment, start_new_session=True)
        self.processes.append(process)
        return process

    def call(self, task: str, times: int = 1, queue: str = "") -> None:
        for _ in range(times):
            self._app.send_task(task, queue=queue or self.queue)

    def broker(self) -> Any:
        return self._app.connection_for_write()

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Pull the plug: the worker and its children, at once."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_: Any) -> None:
        for process in self.processes:
            if process.poll() is None:
                self.kill(process)
        with self._app.connection_for_write() as broker:
            broker.default_channel.queue_delete(self.queue)
        self._app.close()
