"""A backup is made whole or not at all, and what is put back is what was there."""

import json
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

from portal.embedded import backup, postgres
from portal.embedded.places import Places
from portal.embedded.servers import using
from portal.embedded.trouble import Trouble
from tests.portal.embedded.conftest import sql

A_PORTAL = """
CREATE TABLE django_migrations (app text, name text);
INSERT INTO django_migrations VALUES ('people', '0001_initial'), ('people', '0002_feed_token');
"""


@pytest.fixture
def here(made: Places):
    """A database with a row in it, running, and one shared file."""
    made.prepare()
    (made.files / "2026").mkdir(parents=True)
    (made.files / "2026" / "plan.txt").write_text("Listen first")
    with using(made, ("postgres",)):
        sql(made, A_PORTAL)
        yield made


def around(places: Places) -> dict[str, str]:
    return {"DATABASE_URL": postgres.url(places), "FILES_FOLDER": str(places.files)}


@pytest.fixture
def empty(folder: Path):
    """Another portal's folder, with nothing in it."""
    places = Places(folder / "other")
    places.prepare()
    with using(places, ("postgres",)):
        yield places


def test_what_is_put_back_is_what_was_there(here, empty, folder):
    backup.take(folder / "copy", around(here))
    backup.put_back(folder / "copy", around(empty))

    assert sql(empty, "SELECT answer FROM kept") == [(5,)]
    assert (empty.files / "2026" / "plan.txt").read_text() == "Listen first"
    about = json.loads((folder / "copy" / "backup.json").read_text())
    assert about["migrations"] == ["people.0002_feed_token"]


def test_it_is_readable_by_its_owner_alone(here, folder):
    backup.take(folder / "copy", around(here))

    assert (folder / "copy").stat().st_mode & 0o077 == 0
    assert all(each.stat().st_mode & 0o077 == 0 for each in (folder / "copy").iterdir())


def test_a_restore_overwrites_nothing(here, folder):
    backup.take(folder / "copy", around(here))

    with pytest.raises(Trouble, match="holds something already"):
        backup.put_back(folder / "copy", around(here))
    with pytest.raises(Trouble, match="is there already"):
        backup.take(folder / "copy", around(here))


def test_what_failed_leaves_nothing_half_done(here, empty, folder):
    backup.take(folder / "copy", around(here))
    dump = folder / "copy" / "database.dump"
    dump.write_bytes(dump.read_bytes()[: dump.stat().st_size // 2])

    with pytest.raises(Trouble, match="pg_restore could not finish"):
        backup.put_back(folder / "copy", around(empty))
    with pytest.raises(Trouble, match="nothing to back up"):
        backup.take(folder / "second", around(empty))

    assert sql(empty, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
    assert [path.name for path in folder.glob("*second*")] == []


def test_a_folder_that_is_no_backup_is_named(empty, folder):
    (folder / "no").mkdir()

    with pytest.raises(Trouble, match=r"is no backup: database\.dump"):
        backup.put_back(folder / "no", around(empty))


@pytest.mark.django_db(transaction=True)
def test_the_portals_own_tables_come_back_as_they_were(folder, tmp_path):
    """All of them, with their triggers and constraints, in a database beside the tests'."""
    settings = connection.settings_dict
    dsn = connection.get_connection_params()
    names = {"dbname": "dbname", "user": "user", "password": "password", "host": "host"}
    told = " ".join(f"{key}='{dsn[key]}'" for key in names if dsn.get(key))
    told += f" port='{dsn['port']}'" if dsn.get("port") else ""
    copy = f"{settings['NAME']}_copy"
    environment = {"DATABASE_URL": told, "FILES_FOLDER": str(tmp_path / "files")}
    owner = psycopg2.connect(told)
    owner.autocommit = True
    try:
        owner.cursor().execute(f'CREATE DATABASE "{copy}" TEMPLATE template0')
        backup.take(folder / "copy", environment)
        other = environment | {"DATABASE_URL": told.replace(f"'{settings['NAME']}'", f"'{copy}'")}
        backup.put_back(folder / "copy", other)
        assert shape_of(other["DATABASE_URL"]) == shape_of(told)
    finally:
        owner.cursor().execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        owner.close()


def shape_of(dsn: str) -> list[tuple]:
    """Tables with their triggers, constraints and rows, by number."""
    at = psycopg2.connect(dsn)
    with at.cursor() as cursor:
        cursor.execute(
            "SELECT relname,"
            " (SELECT count(*) FROM pg_trigger WHERE tgrelid = c.oid),"
            " (SELECT count(*) FROM pg_constraint WHERE conrelid = c.oid)"
            " FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " ORDER BY relname"
        )
        tables = cursor.fetchall()
        counts = " UNION ALL ".join(
            f"SELECT '{name}', count(*) FROM {name}"  # names from the catalogue
            for name, *_more in tables
        )
        cursor.execute(f"{counts} ORDER BY 1")
        rows = cursor.fetchall()
    at.close()
    return [*tables, *rows]
