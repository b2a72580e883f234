"""A database for what would spoil the suite's own."""

import urllib.parse
from collections.abc import Iterator

import pytest
from django.db import connection

from tests import databases


@pytest.fixture
def migrated_database(django_db_setup) -> Iterator[dict[str, str]]:
    """Settings of a database made for this test alone: the suite's own is not to be emptied."""
    settings = connection.settings_dict
    name = f"{settings['NAME']}_zero"
    with databases.on_the_server() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{settings["TEST"]["TEMPLATE"]}"')
    login = urllib.parse.quote(settings["USER"]) + ":" + urllib.parse.quote(settings["PASSWORD"])
    query = urllib.parse.urlencode({"host": settings["HOST"], "port": settings["PORT"] or 5432})
    yield {"DATABASE_URL": f"postgresql://{login}@/{name}?{query}"}
    with databases.on_the_server() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')
