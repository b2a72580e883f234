"""Real servers in folders of their own, and the portal as a person would start it."""

import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest

from portal.embedded import postgres
from portal.embedded.places import ROOT, Places
from portal.embedded.servers import Hold, using

NAMED_SERVERS = ("DATABASE_URL", "REDIS_URL", "BROKER_URL", "PUBLIC_URL", "PORT", "HOST")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a short path, as a checkout has; pytest's own are longer than a socket's."""
    with tempfile.TemporaryDirectory(prefix="emb-", ignore_cleanup_errors=True) as made:
        yield Path(made)


@pytest.fixture
def places(folder: Path) -> Places:
    made = Places(folder / "data")
    made.prepare()
    return made


@pytest.fixture
def hold(places: Places) -> Iterator[Callable[[str], Hold]]:
    """Start or join a server; all are let go of, and gone, when the test ends."""
    held: list[Hold] = []

    def attach(name: str) -> Hold:
        made = Hold(places, name)
        held.append(made)
        made.attach()
        return made

    yield attach
    for made in held:
        made.release()
    for made in held:
        made.wait_until_gone()


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a database at rest, to be copied."""
    places = Places(tmp_path_factory.mktemp("whole"))
    with using(places, ("postgres",)) as holds:
        sql(places, "CREATE TABLE kept AS SELECT 5 AS answer")
    assert holds[0].wait_until_gone()
    return places.postgres


@pytest.fixture
def made(whole: Path, places: Places) -> Places:
    """A data folder with a database in it, at rest."""
    shutil.copytree(whole, places.postgres)
    return places


def sql(places: Places, text: str) -> list[tuple]:
    """Ask the embedded database."""
    connection = psycopg2.connect(postgres.url(places))
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(text)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def pids_in(folder: Path) -> set[int]:
    """The processes that name this folder in their command line or environment, or stand in it."""
    found = set()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            if (entry / "stat").read_text().rpartition(")")[2].split()[0] in "ZX":
                continue
            told = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
            told += os.fsencode((entry / "cwd").readlink())
        except OSError:
            continue
        if os.fsencode(folder) in told:
            found.add(int(entry.name))
    return found


def programs(folder: Path, *words: str) -> list[int]:
    """The processes of this folder whose command line has all these words, oldest number first.

    One that ends while we look has none: short-lived ones come and go all the time.
    """
    found = []
    for pid in pids_in(folder):
        try:
            line = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
        except OSError:
            continue
        if all(word in line for word in words):
            found.append(pid)
    return sorted(found)


def wait_for(true: Callable[[], object], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"{what} did not happen within {seconds} s"
        time.sleep(0.05)


class Started:
    """A command of `./run` in a process, with what it prints."""

    def __init__(self, data: Path, *words: str, **environment: str) -> None:
        clean = {key: value for key, value in os.environ.items() if key not in NAMED_SERVERS}
        clean.pop("DEBUG", None)
        clean.pop("SECRET_KEY", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "portal.embedded.launcher", *words],
            cwd=ROOT,
            env={**clean, "DATA_FOLDER": str(data), **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said = ""
        self.lines: queue.Queue[str | None] = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as out:
            for line in out:
                self.lines.put(line)
        self.lines.put(None)

    def until(self, words: str, seconds: float = 180) -> str:
        """Wait for a line with these words and return it."""
        deadline = time.monotonic() + seconds
        while True:
            line = self.lines.get(timeout=max(0.01, deadline - time.monotonic()))
            assert line is not None, f"it ended before it said {words!r}:\n{self.said}"
            self.said += line
            if words in line:
                return line

    def says(self, words: str) -> None:
        """Wait for these words, unless they were said before: programs start side by side."""
        if words not in self.said:
            self.until(words)

    def stop(self, sign: signal.Signals = signal.SIGINT, seconds: float = 120) -> int:
        """Send a signal, wait for the end, and return the exit code."""
        self.process.send_signal(sign)
        return self.end(seconds)

    def end(self, seconds: float = 120) -> int:
        code = self.process.wait(seconds)
        self.reader.join(seconds)
        while not self.lines.empty():
            self.said += self.lines.get() or ""
        return code


@pytest.fixture
def run(folder: Path) -> Iterator[Callable[..., Started]]:
    """`run("start", PORT="9000")`: a command of ./run, ended with the test."""
    started: list[Started] = []

    def begin(*words: str, data: Path | None = None, **environment: str) -> Started:
        made = Started(data or folder / "data", *words, **environment)
        started.append(made)
        return made

    yield begin
    for made in started:
        if made.process.poll() is None:
            made.process.kill()
        made.end()
    wait_for(lambda: not pids_in(folder), 90, "the end of every process")
