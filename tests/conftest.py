"""The cast as fixtures, and a client a person."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection
from django.test import Client

from portal.people.models import User
from tests import databases
from tests.cast import Cast, assemble

# Nobody's machine is fast at every moment: what takes how long is the benchmark's to say.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop in this thread


@pytest.fixture(autouse=True)
def _settings_for_tests(settings, tmp_path):
    """Nothing leaves this process: fast hashes, mail in a list, no cache shared between tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    memory = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": memory, "LOCATION": str(tmp_path)}}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings, django_db_use_migrations, django_db_blocker
) -> None:
    if django_db_use_migrations:
        with django_db_blocker.unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = databases.migrated()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A thread of a live server may still hold its connection when the run is over, and a database
    that is in use cannot be dropped."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session")
def _shipped(django_db_setup, django_db_blocker) -> str:
    """What migrations fill in: the vocabulary, prompts and instruments that we ship."""
    with django_db_blocker.unblock():
        return connection.creation.serialize_db_to_string()


SHIPPED = pytest.StashKey[tuple[Any, str]]()


@pytest.fixture(autouse=True)
def _shipped_rows_come_back(request) -> None:
    """A test that commits is followed by a flush, which empties what migrations filled in too."""
    marker = request.node.get_closest_marker("django_db")
    if {"transactional_db", "live_server"} & set(request.fixturenames) or (
        marker and marker.kwargs.get("transaction")
    ):
        blocker = request.getfixturevalue("django_db_blocker")
        request.node.stash[SHIPPED] = blocker, request.getfixturevalue("_shipped")


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Puts shipped rows back after all fixtures of the test, its flush among them.

    A fixture would come too early for tests marked transaction=True: what the marker asks for is
    set up before, and so ends after, every fixture of ours.
    """
    if nextitem is None or SHIPPED not in item.stash:
        return  # after the last test the database is gone
    blocker, shipped = item.stash[SHIPPED]
    with blocker.unblock():
        # That flush made content types anew, with other ids than those that are coming back.
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
        with connection.cursor() as cursor:
            # Triggers freeze what is published; here it comes back as it was.
            cursor.execute("SET session_replication_role = replica")
            connection.creation.deserialize_db_from_string(shipped)
            cursor.execute("SET session_replication_role = DEFAULT")
            # Their ids came with them: the next row gets one that is free.
            for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
                cursor.execute(statement)
        ContentType.objects.clear_cache()


@pytest.fixture
def cast(db) -> Cast:
    return assemble()


@pytest.fixture
def as_person() -> Callable[[User], Client]:
    """A client signed in as someone: `as_person(cast.coach).get("/")`."""

    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in


def _client_of(role: str):
    @pytest.fixture(name=f"as_{role}")
    def fixture(cast: Cast, as_person) -> Client:
        return as_person(getattr(cast, role))

    return fixture


as_facilitator = _client_of("facilitator")
as_peer_partner = _client_of("peer_partner")
as_supervisor = _client_of("supervisor")
as_coach = _client_of("coach")
as_admin = _client_of("admin")
as_newcomer = _client_of("newcomer")
as_leaver = _client_of("leaver")


@pytest.fixture
def as_stranger(cast: Cast, as_person) -> Client:
    """Riverbend's admin: every right there, none here."""
    return as_person(cast.riverbend.admin)
