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
from django.db import OperationalError, connection, transaction
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


class Shipped:
    """What migrations fill in: kept beside the tables, and put back after a test that commits.

    Far cheaper than Django's flush, which makes the files of every table anew, and every content
    type, and leaves what was shipped to be read in again row by row.
    """

    def __init__(self) -> None:
        """To be made while the database is as it was migrated."""
        with connection.cursor() as cursor:
            cursor.execute(TABLES)
            tables = cursor.fetchall()
            cursor.execute(
                "SELECT format('%I', sequencename), last_value FROM pg_sequences"
                " WHERE schemaname = 'public'"
            )
            sequences = cursor.fetchall()
            names = ", ".join(table for table, _columns in tables)
            # Whoever still writes is waited for; triggers freeze what is published.
            again = [
                f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE",
                "SET LOCAL session_replication_role = replica",
                *(f"DELETE FROM {table}" for table, _columns in tables),
            ]
            cursor.execute("CREATE SCHEMA IF NOT EXISTS shipped")
            for table, columns in tables:
                cursor.execute(f"SELECT EXISTS (SELECT FROM {table})")
                if cursor.fetchone() == (True,):
                    cursor.execute(f"CREATE TABLE shipped.{table} AS SELECT {columns} FROM {table}")
                    again.append(
                        f"INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE"
                        f" SELECT {columns} FROM shipped.{table}"
                    )
            # Ids go on from where they stood.
            again += [
                f"SELECT setval('{sequence}', {last or 1}, {last is not None})"
                for sequence, last in sequences
            ]
        self.again = ";".join(again)

    def put_back(self) -> None:
        """Of two that wait for each other, us and a request that a page left behind, the database
        refuses one: where it was us, that one is through now."""
        try:
            self._put_back()
        except OperationalError as error:
            if not isinstance(error.__cause__, psycopg2.errors.DeadlockDetected):
                raise
            self._put_back()

    def _put_back(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(self.again)


# Each table of ours with its columns, save those the database fills by itself.
TABLES = """
SELECT format('%I', relname), string_agg(format('%I', attname), ', ' ORDER BY attnum)
FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
  AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
  AND relname <> 'django_migrations'
GROUP BY relname ORDER BY relname
"""
