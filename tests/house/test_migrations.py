"""Migrations fit a live table, and go back as they came."""

import os
import subprocess
import sys
import urllib.parse
from pathlib import Path

import psycopg2
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL

ROOT = Path(__file__).resolve().parents[2]
OURS = ("portal.", "communities", "reflections", "fidelity")
LABELS = {c.label for c in apps.get_app_configs() if c.name.startswith(OURS)}


def test_every_migration_of_ours_can_be_undone():
    loader = MigrationLoader(None)
    one_way = [
        f"{label}.{name}: {operation.describe()}"
        for (label, name), migration in loader.disk_migrations.items()
        if label in LABELS
        for operation in migration.operations
        if isinstance(operation, RunPython | RunSQL) and not operation.reversible
    ]

    assert one_way == []


def test_no_migration_of_ours_imports_our_code():
    # Code moves on; a migration must still run in five years.

    loader = MigrationLoader(None)
    importing = []
    for (label, name), migration in loader.disk_migrations.items():
        if label not in LABELS:
            continue
        for operation in migration.operations:
            code = getattr(operation, "code", None)
            if code and not code.__module__.endswith(f"migrations.{name}"):
                importing.append(f"{label}.{name} runs {code.__module__}.{code.__name__}")
    assert importing == []


def test_migrating_gives_up_on_a_lock_after_seconds(db):
    call_command("migrate", verbosity=0)

    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("5s",)


@pytest.fixture
def empty_database(django_db_setup):
    """Settings of a database made for this test alone: the suite's own is not to be emptied."""
    settings = connection.settings_dict
    name = f"{settings['NAME']}_zero"

    def server(sql: str) -> None:
        server = psycopg2.connect(
            dbname="postgres",
            user=settings["USER"],
            password=settings["PASSWORD"],
            host=settings["HOST"],
            port=settings["PORT"] or None,
        )
        server.autocommit = True
        server.cursor().execute(sql)
        server.close()

    server(f'DROP DATABASE IF EXISTS "{name}"')
    server(f'CREATE DATABASE "{name}"')
    login = urllib.parse.quote(settings["USER"]) + ":" + urllib.parse.quote(settings["PASSWORD"])
    query = urllib.parse.urlencode({"host": settings["HOST"], "port": settings["PORT"] or 5432})
    yield {"DATABASE_URL": f"postgresql://{login}@/{name}?{query}"}
    server(f'DROP DATABASE "{name}"')


def test_all_of_ours_go_back_to_nothing_and_forward_again(empty_database):
    steps = "; ".join(
        ["migrate()"]
        + [f"migrate({label!r}, 'zero')" for label in ("people", "practice", "audit", "reminders")]
        + ["print(left())", "migrate()", "print(left() == {m._meta.db_table for m in ours})"]
    )
    done = subprocess.run(
        [sys.executable, "-c", BACK_AND_FORTH + steps],
        cwd=ROOT,
        env=os.environ | empty_database,
        capture_output=True,
        text=True,
        timeout=280,  # 50 alone, most of it Django working out what each step makes
    )

    assert (done.stdout, done.returncode) == ("set()\nTrue\n", 0), done.stderr


BACK_AND_FORTH = """
import django; django.setup()
from django.apps import apps
from django.core.management import call_command
from django.db import connection
ours = [m for m in apps.get_models()
        if m.__module__.startswith(("portal.", "communities", "reflections", "fidelity"))]
migrate = lambda *where: call_command("migrate", *where, verbosity=0)
left = lambda: set(connection.introspection.table_names()) & {m._meta.db_table for m in ours}
"""
