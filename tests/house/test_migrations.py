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


def test_the_newest_of_ours_go_back_and_forward_again(migrated_database):
    """What is new in one release, and more: older ones went so when they were new, and an applied
    migration doesn't change. All 100 take minutes, in which Django works out what each undoes."""
    done = subprocess.run(
        [sys.executable, "-c", BACK_AND_FORTH],
        cwd=ROOT,
        env=os.environ | migrated_database,
        capture_output=True,
        text=True,
        timeout=200,
    )

    assert (done.stdout, done.returncode) == ("24\n24\nTrue\nTrue\n", 0), done.stderr


# In one go, not by `migrate APP NAME` for each. Before and after, the database says of itself which
# columns, constraints, indexes, triggers and functions it has.
BACK_AND_FORTH = """
import django; django.setup()
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

OURS = ("portal.", "communities", "reflections", "fidelity")
labels = {c.label for c in apps.get_app_configs() if c.name.startswith(OURS)}

def shape():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%s.%s %s %s', attrelid::regclass, attname, atttypid::regtype,"
            " attnotnull) FROM pg_attribute JOIN pg_class c ON c.oid = attrelid"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attnum > 0"
            " AND NOT attisdropped"
            " UNION ALL SELECT pg_get_constraintdef(oid) || conname FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace"
            " UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"
            " UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
            " UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc p"
            " WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'"
            " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        )
        return sorted(row[0] for row in cursor.fetchall())

executor = MigrationExecutor(connection)
leaves = executor.loader.graph.leaf_nodes()
whole = executor.migration_plan(leaves, clean_start=True)
newest = [each for each, _back in whole if each.app_label in labels][-24:]
# Whatever comes after the first of them in the plan goes back too: it may rest on it.
since = [each for each, _back in whole].index(newest[0])
back = [each for each, _back in whole[since:] if each.app_label in labels]
before = shape()
print(len(back))
executor.migrate([], plan=[(each, True) for each in reversed(back)])
executor = MigrationExecutor(connection)
print(len(executor.migration_plan(leaves)))
gone = shape()
executor.migrate(leaves)
print(gone != before)
print(shape() == before)
"""
