"""A backup: one folder that a portal can be put back from, made whole or not at all.

    database.dump   what pg_dump -Fc writes: the rows, constraints and triggers
    files.tar       what people shared, as FILES_FOLDER holds it
    backup.json     when, by which PostgreSQL, and up to which migrations

The rows are read first: each file that they name is there by then. A file that was removed between
the two is missing after a restore, as it is in the portal.

SECRET_KEY is left out on purpose: it opens what the database keeps sealed (letters, second
factors), so it is kept apart from its copies (docs/operations.md).
"""

import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from portal.embedded.binaries import postgres_folders, postgres_major
from portal.embedded.trouble import Trouble

DUMP, FILES, ABOUT = "database.dump", "files.tar", "backup.json"


def take(folder: Path, environment: Mapping[str, str]) -> int:
    """Write a backup into `folder`, which may not exist yet; its size in bytes. Raises Trouble."""
    if folder.exists():
        raise Trouble(f"{folder} is there already. Name a folder that isn't: one a backup.")
    url, files = environment["DATABASE_URL"], Path(environment["FILES_FOLDER"])
    half = folder.with_name(f".{folder.name}.half-{os.getpid()}")
    half.mkdir(mode=0o700, parents=True)
    try:
        about = _about(url)
        if not about["migrations"]:
            raise Trouble("This database is empty: there is nothing to back up.")
        _run("pg_dump", ["--format=custom", "--no-owner", "--no-acl", f"--file={half / DUMP}"], url)
        with tarfile.open(half / FILES, "w") as archive:
            if files.is_dir():
                archive.add(files, arcname=".")
        (half / ABOUT).write_text(json.dumps(about, indent=2) + "\n")
        for each in half.iterdir():
            each.chmod(0o600)
        half.rename(folder)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return sum(each.stat().st_size for each in folder.iterdir())


def put_back(folder: Path, environment: Mapping[str, str]) -> str:
    """Fill an empty database and folder of files; when the backup was made. Raises Trouble."""
    missing = [name for name in (DUMP, FILES, ABOUT) if not (folder / name).is_file()]
    if missing:
        raise Trouble(f"{folder} is no backup: {', '.join(missing)} missing.")
    url, files = environment["DATABASE_URL"], Path(environment["FILES_FOLDER"])
    if _tables(url):
        raise Trouble(
            "The database holds something already, and a restore overwrites nothing.\n"
            "Restore into an empty one: DATA_FOLDER=another/folder ./run restore …, or a new"
            " DATABASE_URL."
        )
    if files.is_dir() and any(files.iterdir()):
        raise Trouble(f"{files} holds files already. Move it away, or set FILES_FOLDER to another.")
    about = json.loads((folder / ABOUT).read_text())
    _run("pg_restore", ["--no-owner", "--no-acl", "--single-transaction", str(folder / DUMP)], url)
    files.mkdir(parents=True, exist_ok=True)
    with tarfile.open(folder / FILES) as archive:
        _extract(archive, files)
    made: str = about["made_at"]
    return made


def _extract(archive: tarfile.TarFile, folder: Path) -> None:
    """Nothing outside the folder. Debian 12's own Python has no filters: there it is told here."""
    if hasattr(tarfile, "data_filter"):
        archive.extractall(folder, filter="data")
        return
    for member in archive.getmembers():
        inside = (folder / member.name).resolve().is_relative_to(folder.resolve())
        if not inside or not (member.isfile() or member.isdir()):
            raise Trouble(f"The backup's files name something outside them: {member.name}.")
    archive.extractall(folder)  # noqa: S202  # looked at above


def _about(url: str) -> dict[str, object]:
    with _connected(url) as connection, connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        [[server]] = cursor.fetchall()
        migrations = []
        if "django_migrations" in _tables(url):
            cursor.execute("SELECT app, max(name) FROM django_migrations GROUP BY 1 ORDER BY 1")
            migrations = [".".join(row) for row in cursor.fetchall()]
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    return {"made_at": made_at, "postgresql": server, "migrations": migrations}


def _tables(url: str) -> set[str]:
    with _connected(url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {name for [name] in cursor.fetchall()}


def _connected(url: str) -> closing[Any]:
    import psycopg2  # type: ignore[import-untyped]  # here: what starts the servers has no use for its 10 MB

    return closing(psycopg2.connect(url))


def _run(program: str, arguments: list[str], url: str) -> None:
    """pg_dump or pg_restore, as new as the server at least. The address goes by the environment:
    what is on a command line, everybody on the machine can read."""
    from psycopg2.extensions import parse_dsn  # type: ignore[import-untyped]  # as above

    parts = parse_dsn(url)
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    names |= {"dbname": "PGDATABASE", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}
    asked = {names[key]: str(value) for key, value in parts.items() if key in names}
    target = [f"--dbname={parts['dbname']}"] if program == "pg_restore" else []
    done = subprocess.run(
        [_binary(program), *target, *arguments],
        env=dict(os.environ) | asked,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        told = "\n".join(done.stderr.strip().splitlines()[:5])
        raise Trouble(f"{program} could not finish:\n{told}")


def _binary(program: str) -> Path:
    having = [folder for folder in postgres_folders() if (folder / program).exists()]
    newest = max(having, key=lambda folder: postgres_major(folder) or 0, default=None)
    if newest is not None:
        return newest / program
    if found := shutil.which(program):
        return Path(found)
    raise Trouble(f"There is no {program} here. Install it (Debian: apt-get install postgresql).")
