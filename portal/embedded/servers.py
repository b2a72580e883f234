"""Using the embedded servers: start them or attach to those that run, and let go again."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.embedded import locks
from portal.embedded.places import ROOT, Places
from portal.embedded.trouble import Trouble

SECONDS_TO_LEAVE = 45


class Hold:
    """A use of one server. The server runs at least until `release`, or until we die."""

    def __init__(self, places: Places, name: str) -> None:
        self.places = places
        self.name = name
        self.descriptor: int | None = None
        self._keeper: subprocess.Popen[bytes] | None = None

    def attach(self) -> None:
        """Make sure the server runs, and keep it running. Raises Trouble.

        May be called again when the keeper was killed (`is_kept` tells).
        """
        if self.descriptor is None:
            # A keeper that is leaving holds this one until its server has stopped.
            self.descriptor = locks.take(self._file("users"), shared=True)
        starter = locks.take(self._file("starter"))
        assert starter is not None
        try:
            kept = locks.take(self._file("keeper"), wait=False)
            if kept is not None:
                try:
                    self._start_keeper(kept)
                finally:
                    os.close(kept)
        except BaseException:
            self.release()
            raise
        finally:
            os.close(starter)

    def is_kept(self) -> bool:
        """Whether a keeper is there."""
        if self._keeper is not None:
            self._keeper.poll()
        free = locks.take(self._file("keeper"), wait=False)
        if free is not None:
            os.close(free)
        return free is None

    def release(self) -> None:
        """Let go. The server stops when nobody else uses it."""
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None
        if self._keeper is not None and self._keeper.poll() is None:
            self._keeper.returncode = 0  # it may well go on for others: no warning about that

    def wait_until_gone(self) -> bool:
        """After `release`: wait for the server to stop; False when others still use it."""
        deadline = time.monotonic() + SECONDS_TO_LEAVE
        while self.is_kept():
            users = locks.take(self._file("users"), shared=True, wait=False)
            if users is not None:  # the keeper has not taken it yet, or others hold it too
                alone = locks.change(users, wait=False)
                os.close(users)
                if not alone:
                    return not self.is_kept()
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True

    def _file(self, kind: str) -> Path:
        return self.places.state / f"{self.name}.{kind}"

    def _start_keeper(self, lock: int) -> None:
        if self._keeper is not None:
            self._keeper.wait()  # it let go of its lock: it is gone, or in its last moment
        keeper = subprocess.Popen(
            [
                *(sys.executable, "-m", "portal.embedded.keeper"),
                *(self.name, str(self.places.data), str(lock)),
            ],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            pass_fds=[lock],
            start_new_session=True,  # Ctrl-C in our terminal is not meant for it
        )
        assert keeper.stdout is not None
        with keeper.stdout:
            told = keeper.stdout.read().decode(errors="replace").strip()
        if told != "ready":
            keeper.wait()
            raise Trouble(told or f"{self.name} could not be started; see {self.places.logs}.")
        self._keeper = keeper


@contextmanager
def using(places: Places, names: tuple[str, ...] = ("postgres", "valkey")) -> Iterator[list[Hold]]:
    """Have the named servers running inside the block."""
    places.prepare()
    holds = [Hold(places, name) for name in names]
    try:
        for hold in holds:
            hold.attach()
        yield holds
    finally:
        for hold in holds:
            hold.release()
