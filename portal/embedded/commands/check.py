"""`./run check`: every check, each on a line, and the words of those that fail."""

import subprocess
import sys
import time
from collections.abc import Mapping
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

CHECKS: tuple[tuple[str, list[str | Path], Mapping[str, str]], ...] = (
    ("style", [BIN / "ruff", "check", "."], {}),
    ("format", [BIN / "ruff", "format", "--check", "."], {}),
    ("types", [BIN / "mypy"], {}),
    ("imports", [BIN / "lint-imports"], {}),
    ("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], {}),
    ("settings", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    ("templates", [*MANAGE, "check_templates"], {}),
)


def main(arguments: list[str]) -> int:
    """Run every check; 0 when all hold."""
    if arguments:
        raise Trouble(f"./run check takes no arguments; it was given {' '.join(arguments)}.")
    with surroundings(Places.from_environment("test")) as around:
        failed = [name for name, *check in CHECKS if not _holds(name, check, around.environment)]
    print(f"{len(CHECKS) - len(failed)} of {len(CHECKS)} checks hold.")  # noqa: T201
    return 1 if failed else 0


def _holds(name: str, check: list, environment: Mapping[str, str]) -> bool:
    command, more = check
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
    word = "ok" if done.returncode == 0 else "FAILED"
    print(f"{word:<6} {name:<10} {seconds:6.1f} s", flush=True)  # noqa: T201
    if done.returncode != 0:
        print("".join(f"       {line}\n" for line in done.stdout.splitlines()))  # noqa: T201
    return done.returncode == 0
