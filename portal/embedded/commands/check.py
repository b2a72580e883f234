"""`./run check`: every check, each on a line, and the words of those that fail."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from portal.embedded import stack
from portal.embedded.environment import surroundings
from portal.embedded.places import ROOT, Places
from portal.embedded.trouble import Trouble

BIN = Path(sys.executable).parent
MANAGE = [stack.PYTHON, "manage.py"]

# As a portal on the open web would be set. Nothing is sent to these addresses.
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "a-key-for-this-check-alone-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "PUBLIC_URL": "https://portal.example.org",
    "EMAIL_URL": "smtp://mail.example.org:587?tls=1",
    "DEFAULT_FROM_EMAIL": "Trellis <trellis@example.org>",
}

# The longest first: as many run at once as there are cores.
CHECKS: tuple[tuple[str, list[str | Path], Mapping[str, str]], ...] = (
    ("types", [BIN / "mypy"], {}),
    ("style", [BIN / "ruff", "check", "."], {}),
    ("format", [BIN / "ruff", "format", "--check", "."], {}),
    ("imports", [BIN / "lint-imports"], {}),
    ("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], {}),
    ("settings", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    ("templates", [*MANAGE, "check_templates"], {}),
)


def main(arguments: list[str]) -> int:
    """Run every check; 0 when all hold."""
    if arguments:
        raise Trouble(f"./run check takes no arguments; it was given {' '.join(arguments)}.")
    with (
        surroundings(Places.from_environment("test")) as around,
        ThreadPoolExecutor(os.cpu_count()) as at_once,
    ):
        begun = [at_once.submit(_holds, *check, around.environment) for check in CHECKS]
        try:
            hold = sum(check.result() for check in begun)
        finally:
            at_once.shutdown(wait=False, cancel_futures=True)  # after Ctrl-C none begins
    print(f"{hold} of {len(CHECKS)} checks hold.")  # noqa: T201
    return 0 if hold == len(CHECKS) else 1


def _holds(
    name: str, command: list[str | Path], more: Mapping[str, str], environment: Mapping[str, str]
) -> bool:
    began = time.monotonic()
    done = subprocess.run(
        [str(word) for word in command],
        cwd=ROOT,
        env={**environment, **more},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    seconds = time.monotonic() - began
    told = f"{'ok' if done.returncode == 0 else 'FAILED':<6} {name:<10} {seconds:6.1f} s\n"
    if done.returncode != 0:
        told += "".join(f"       {line}\n" for line in done.stdout.splitlines()) + "\n"
    print(told, end="", flush=True)  # noqa: T201  in one piece: others print too
    return done.returncode == 0
