"""One server program: started, waited for, stopped, and asked why it did not start."""

import contextlib
import os
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path

from portal.embedded.places import Places
from portal.embedded.processes import is_in_folder, started_at, tethered
from portal.embedded.trouble import Trouble, from_os_error

SECONDS_TO_START = 60  # after a crash PostgreSQL replays its log first
SECONDS_TO_STOP = 15
LARGEST_LOG = 5_000_000  # bytes; then the log is put aside once and begun anew


class Server(ABC):
    """What the two servers have in common. Subclasses say what to run and how it speaks."""

    name: str
    stop_politely: signal.Signals
    way = "self"

    def __init__(self, places: Places) -> None:
        self.places = places
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.places.logs / f"{self.name}.log"

    @property
    @abstractmethod
    def folder(self) -> Path:
        """Where its data lies, which is also where the running server stands."""

    @property
    @abstractmethod
    def pid_file(self) -> Path: ...

    @abstractmethod
    def prepare(self) -> None:
        """Make or mend the data folder. Raises Trouble."""

    @abstractmethod
    def command(self) -> list[str | Path]: ...

    @abstractmethod
    def is_ready(self) -> bool: ...

    @abstractmethod
    def explain(self, told: str) -> Trouble:
        """Why it did not start, from what it `told` its log."""

    @abstractmethod
    def settle(self) -> None:
        """What is still to do once it answers."""

    def start(self) -> None:
        """Start it and wait until it answers. Raises Trouble."""
        try:
            self.stop_leftover()
            self.prepare()
            self._trim_log()
            self._run_until_ready()
            self.settle()
        except OSError as error:
            self.stop()
            raise from_os_error(error, f"start {self.name}") from error
        except BaseException:
            self.stop()
            raise

    def _run_until_ready(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            with self.log.open("ab") as log:
                begin = log.tell()
                self.process = subprocess.Popen(
                    tethered(self.command(), on_death=self.stop_politely, way=self.way),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                )
            if self._wait(self.is_ready, deadline):
                return
            told = self._log_since(begin)
            running = self.process.poll() is None
            self.stop()
            if running:
                raise Trouble(
                    f"{self.name} did not answer within {SECONDS_TO_START} seconds.\n"
                    f"Its log may say why: {self.log}"
                )
            # The server processes of one that was killed need a moment to notice it.
            if "shared memory block" in told and time.monotonic() < deadline - 40:
                time.sleep(0.2)
                continue
            raise self.explain(told)

    def _wait(self, done: Callable[[], bool], deadline: float) -> bool:
        """Wait for `done` while the process runs."""
        assert self.process is not None
        while time.monotonic() < deadline and self.process.poll() is None:
            if done():
                return True
            time.sleep(0.02)
        return False

    def stop(self) -> None:
        """Stop it: politely, then firmly. Does nothing when it does not run."""
        process, self.process = self.process, None
        if process is None:
            return
        for sign in (self.stop_politely, signal.SIGQUIT, signal.SIGKILL):
            if process.poll() is None:
                process.send_signal(sign)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(SECONDS_TO_STOP)
        process.wait()

    def has_died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def stop_leftover(self) -> None:
        """Stop a server of ours that nobody keeps any more; forget a stale note of one.

        PostgreSQL refuses to start while the number in its note is in use, and in a container
        the same small numbers come back after every start, as something else.
        """
        try:
            pid = int(self.pid_file.read_text().split()[0])
        except (OSError, ValueError, IndexError):
            pid = 0
        if pid > 1 and started_at(pid) and is_in_folder(pid, self.folder):
            for sign in (self.stop_politely, signal.SIGQUIT, signal.SIGKILL):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, sign)
                deadline = time.monotonic() + SECONDS_TO_STOP
                while started_at(pid) and time.monotonic() < deadline:
                    time.sleep(0.02)
        self.pid_file.unlink(missing_ok=True)

    def _trim_log(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))

    def _log_since(self, begin: int) -> str:
        with self.log.open("rb") as log:
            log.seek(begin)
            return log.read(200_000).decode(errors="replace")
