"""Migrations fit a live table, and go back as they came."""

import os
import subprocess
import sys
from pathlib import Path

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


def test_all_of_ours_go_back_to_nothing(migrated_database):
    """Nothing is left that would be in the way of going forward again, as the suite's own database
    went from nothing: no table, sequence, function or type."""
    done = subprocess.run(
        [sys.executable, "-c", BACK],
        cwd=ROOT,
        env=os.environ | migrated_database,
        capture_output=True,
        text=True,
        timeout=290,  # 50 alone, most of it Django working out what each step undoes
    )

    assert (done.stdout, done.returncode) == ("True\n[]\n", 0), done.stderr


# Back in one go, not by `migrate APP zero` for each: Django works out every step anew for each.
# What is Django's own and its apps', and what extensions brought, may stay.
BACK = """
import gc; gc.set_threshold(200_000, 50, 100)  # models are made by the ten thousand
import django; django.setup()
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
ours = [m for m in apps.get_models()
        if m.__module__.startswith(("portal.", "communities", "reflections", "fidelity"))]
labels = sorted({m._meta.app_label for m in ours})
print({m._meta.db_table for m in ours} <= set(connection.introspection.table_names()))
MigrationExecutor(connection).migrate([(label, None) for label in labels])
with connection.cursor() as cursor:
    cursor.execute(
        "SELECT relname FROM pg_class c WHERE relkind IN ('r', 'v', 'm', 'S')"
        " AND relnamespace = 'public'::regnamespace AND relname ~ %s"
        " UNION ALL SELECT proname FROM pg_proc p WHERE pronamespace = 'public'::regnamespace"
        " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        " UNION ALL SELECT typname FROM pg_type t WHERE typnamespace = 'public'::regnamespace"
        " AND typtype IN ('e', 'd')",
        ["^(" + "|".join(labels) + ")_"],
    )
    print(sorted(name for [name] in cursor.fetchall()))
"""
