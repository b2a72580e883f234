"""Starting a process that cannot outlive us, and asking what runs."""

import functools
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

TETHER = Path(__file__).with_name("tether.py")


def tethered(
    command: Sequence[str | Path], *, on_death: signal.Signals, way: str = "self"
) -> list[str]:
    """The command line that runs `command` and sends it `on_death` when this process dies.

    Linux ties it to the *thread* that starts it, so start long-lived processes from the main one.
    """
    script = [sys.executable, "-I", "-S", str(TETHER), str(int(on_death)), str(os.getpid()), way]
    return [*script, *map(str, command)]


@functools.cache
def way_to_run_postgres() -> str:
    """How PostgreSQL is to be run here: a word that tether.py knows.

    It refuses root, and a user without a name, as a container's `--user 1234` is.
    """
    root = os.geteuid() == 0
    if sys.platform != "linux" or (not root and _has_a_name(os.geteuid())):
        return "self"
    probe = tethered([sys.executable, "-c", ""], on_death=signal.SIGKILL, way="namespace")
    if subprocess.run(probe, capture_output=True).returncode == 0:
        return "namespace"
    return "nobody" if root else "self"


def _has_a_name(uid: int) -> bool:
    try:
        return bool(pwd.getpwuid(uid).pw_name)
    except KeyError:
        return False


def started_at(pid: int) -> str | None:
    """When the process began, in the kernel's own ticks, or None when it does not run.

    With it a number is known to be still the same process, and not a newer one that reuses it.
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else fields[19]


def is_in_folder(pid: int, folder: Path) -> bool:
    """Whether the process stands in that folder, as PostgreSQL does in its data folder."""
    try:
        return os.path.realpath(f"/proc/{pid}/cwd") == os.path.realpath(folder)
    except OSError:
        return False
