"""What runs now in this data folder: for whoever asks, and for the next start."""

import contextlib
import json
import os
import signal
import time
from pathlib import Path

from portal.embedded.places import Places
from portal.embedded.processes import started_at

SECONDS_TO_END = 10


class Note:
    """A small file about the running portal. Only who holds the portal's lock writes it."""

    def __init__(self, places: Places) -> None:
        self.path: Path = places.state / "portal.json"

    def read(self) -> dict[str, object]:
        """What it says; nothing when it is absent or garbled."""
        try:
            said = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return said if isinstance(said, dict) else {}

    def write(self, address: str, pids: list[int]) -> None:
        processes = {str(pid): at for pid in pids if (at := started_at(pid))}
        said = {"address": address, "pid": os.getpid(), "processes": processes}
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(said), encoding="utf-8")
        new.replace(self.path)

    def forget(self) -> None:
        self.path.unlink(missing_ok=True)

    def end_leftovers(self) -> int:
        """End the programs of a launcher that was killed, and return how many there were.

        A number counts only together with the time its process began: numbers are used again.
        """
        processes = self.read().get("processes")
        if not isinstance(processes, dict):
            return 0
        left = {
            int(pid): at for pid, at in processes.items() if pid.isdigit() and _runs(int(pid), at)
        }
        for pid in left:
            _send(pid, signal.SIGTERM)
        deadline = time.monotonic() + SECONDS_TO_END
        while any(_runs(pid, at) for pid, at in left.items()):
            if time.monotonic() > deadline:
                for pid, at in left.items():
                    if _runs(pid, at):
                        _send(pid, signal.SIGKILL)
            time.sleep(0.05)
        return len(left)


def _runs(pid: int, began: object) -> bool:
    return isinstance(began, str) and started_at(pid) == began


def _send(pid: int, sign: signal.Signals) -> None:
    """To the whole group: each of our programs leads one of its own."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, sign)
