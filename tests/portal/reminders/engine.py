"""The whole engine of its own for one test, to be killed: broker, workers, two beats, a ticker."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import Error, connection

from portal.embedded import binaries
from portal.embedded.places import Places
from tests.databases import on_the_server
from tests.workers import ROOT, address_of_the_test_database

APP = "tests.portal.reminders.fast_clock"
KINDS = "tests.portal.reminders.worker_kinds"


class Engine:
    def __init__(self, mail_url: str, claim_lasts: int, names: list[str]) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.environment = os.environ | {
            "DEBUG": "1",
            "SECRET_KEY": settings.SECRET_KEY,
            "DATABASE_URL": address_of_the_test_database(),
            "REDIS_URL": f"unix://{self.folder.name}/queue?db=0",
            "BROKER_URL": "",
            "EMAIL_URL": mail_url,
            "LOG_LEVEL": "ERROR",
            "CLAIM_LASTS": str(claim_lasts),
        }
        self.broker: subprocess.Popen[bytes] | None = None
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.names = names  # "worker 1", "beat 2", "ticker"
        self.killed: dict[str, int] = {}
        self.ended: list[str] = []  # without being killed
        self.last_words: list[str] = []

    def __enter__(self) -> "Engine":
        self.start_broker()
        for name in self.names:
            self.start(name)
        return self

    def __exit__(self, *_: Any) -> None:
        for process in self.processes.values():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if self.broker:
            self.broker.kill()
            self.broker.wait()
        self.folder.cleanup()

    def start_broker(self) -> None:
        """One that keeps nothing: what it held is lost with it."""
        options = {"--port": "0", "--unixsocket": f"{self.folder.name}/queue", "--save": ""}
        words = [word for option in options.items() for word in option]
        command = [binaries.valkey(), *words, "--dir", self.folder.name]
        self.broker = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def start(self, name: str) -> None:
        celery = [sys.executable, "-W", "ignore", "-m", "celery", "-q", "-A", APP]
        if name == "ticker":
            command = [sys.executable, "-m", "tests.portal.reminders.ticking"]
        elif name.startswith("beat"):
            schedule = f"{self.folder.name}/{name.replace(' ', '-')}"
            command = [*celery, "beat", "--schedule", schedule, "--pidfile", "", "-l", "CRITICAL"]
        else:
            command = [*celery, "worker", "--concurrency", "2", "-I", KINDS, "-l", "CRITICAL"]
            command += ["--hostname", f"{name.replace(' ', '-')}@test"]
            command += ["--without-gossip", "--without-mingle"]
        with (Path(self.folder.name) / f"{name.replace(' ', '-')}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, start_new_session=True,
                stdout=subprocess.DEVNULL, stderr=log,
            )  # fmt: skip

    def start_what_ended(self) -> None:
        """As a container's `restart` does: a worker that cannot go on ends by itself."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)  # what it leaves
                self.ended.append(name)
                log = Path(self.folder.name) / f"{name.replace(' ', '-')}.log"
                self.last_words.append(log.read_text(errors="replace")[-600:])
                self.start(name)

    def children(self, name: str) -> list[str]:
        pid = self.processes[name].pid
        with suppress(FileNotFoundError, ProcessLookupError):
            return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return []

    def wait_until_up(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        busy = [name for name in self.names if not name.startswith("beat")]
        while not all(self.children(name) for name in busy):
            assert time.monotonic() < until, busy
            time.sleep(0.1)

    # --- faults ---------------------------------------------------------------------------------

    def kill_a_child(self, name: str) -> bool:
        """A process that works for a worker, or ticks; its parent starts another."""
        children = self.children(name)
        if children:
            with suppress(ProcessLookupError):
                os.kill(int(random.choice(children)), signal.SIGKILL)
            self._count(f"child of {name.split()[0]}")
        return bool(children)

    def kill(self, name: str) -> bool:
        """The whole of it, at once; and start another."""
        process = self.processes[name]
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self._count(name.split()[0])
        self.start(name)
        return True

    def kill_broker(self) -> bool:
        assert self.broker
        self.broker.kill()
        self.broker.wait()
        self._count("broker")
        time.sleep(random.uniform(0, 0.5))
        self.start_broker()
        return True

    def cut_off_from_the_database(self) -> None:
        """As when PostgreSQL is restarted: every connection of the engine breaks."""
        with on_the_server() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = %s AND pid <> %s",
                [connection.settings_dict["NAME"], connection.connection.info.backend_pid],
            )

    def restart_postgres(self) -> None:
        """Kill it for good ("immediate"); its keeper starts it again. Only where no other test
        uses it."""
        note = Places.from_environment("test").postgres / "postmaster.pid"
        connection.close()
        os.kill(int(note.read_text().split()[0]), signal.SIGQUIT)
        until = time.monotonic() + 60
        while True:
            try:
                connection.ensure_connection()
                return
            except Error:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)

    def pause(self, name: str) -> None:
        os.killpg(self.processes[name].pid, signal.SIGSTOP)

    def resume(self, name: str) -> None:
        os.killpg(self.processes[name].pid, signal.SIGCONT)

    def _count(self, what: str) -> None:
        self.killed[what] = self.killed.get(what, 0) + 1
