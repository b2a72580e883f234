"""The suite's databases: migrated once, then copied for whoever needs one.

Migrating an empty database takes 15 seconds of a core; a copy of a migrated one takes a moment.
The one that is copied stays between runs, under a name that tells of which migrations it is.
"""

import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg2
import psycopg2.errors
import psycopg2.extensions
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

MAKING = 7_262_538_001  # an advisory lock: processes of one run all come at once, and one makes it


def migrated() -> str:
    """The name of a database with every migration, to be copied and never to be used."""
    settings = connection.settings_dict
    family = f"test_{settings['NAME']}_of_"
    name = family + fingerprint()
    with on_the_server() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MAKING])
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [family])
        there = {row[0] for row in cursor.fetchall()}
        if name in there:
            return name
        for old in there:
            with suppress(psycopg2.errors.ObjectInUse):  # another run copies it right now
                cursor.execute(f'DROP DATABASE "{old}"')
        unfinished = family + "new"
        cursor.execute(f'CREATE DATABASE "{unfinished}"')
        before, settings["NAME"] = settings["NAME"], unfinished
        try:
            connection.close()
            call_command("migrate", verbosity=0, interactive=False)
        finally:
            connection.close()
            settings["NAME"] = before
        cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
    return name


def fingerprint() -> str:
    """Changes with any migration, be it ours or an application's that we use."""
    told = hashlib.sha256()
    for (label, name), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        told.update(f"{label}.{name}\n".encode())
        told.update(Path(str(sys.modules[type(migration).__module__].__file__)).read_bytes())
    return told.hexdigest()[:16]


@contextmanager
def on_the_server() -> Iterator[psycopg2.extensions.cursor]:
    """A cursor outside of every database of ours, to make and drop them."""
    known = connection.settings_dict
    server = psycopg2.connect(
        dbname="postgres",
        user=known["USER"],
        password=known["PASSWORD"],
        host=known["HOST"],
        port=known["PORT"] or None,
    )
    server.autocommit = True
    try:
        with server.cursor() as cursor:
            yield cursor
    finally:
        server.close()
