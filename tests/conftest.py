"""The cast as fixtures, and a client a person."""

import os
from collections.abc import Callable, Iterator

import hypothesis
import pytest
from django.db import connection
from django.test import Client, TransactionTestCase

from portal.people.models import User
from tests import databases
from tests.cast import Cast, assemble

# Nobody's machine is fast at every moment: what takes how long is the benchmark's to say.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop in this thread


# What waits for servers to come and go, and what takes longest alone: begun first, the rest is
# done meanwhile by the other processes. Begun last, they would wait for it with nothing to do.
FIRST = ("tests/portal/embedded/", "tests/house/test_migrations.py")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(FIRST))


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
    that is in use cannot be dropped. Asked from outside of it: by then our own may be cut off."""
    yield
    with django_db_blocker.unblock(), databases.on_the_server() as cursor:
        connection.close()
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [connection.settings_dict["NAME"]],
        )


@pytest.fixture(autouse=True, scope="session")
def _shipped_rows_come_back() -> Iterator[None]:
    """A test that commits leaves its rows behind, and may have changed what migrations filled in.

    Django's own way back, a flush, takes ours along with the test's.
    """
    kept: list[databases.Shipped] = []

    def before(case: type[TransactionTestCase]) -> None:
        if not kept:
            kept.append(databases.Shipped())

    def after(case: TransactionTestCase) -> None:
        kept[0].put_back()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(before))
        patch.setattr(TransactionTestCase, "_fixture_teardown", after)
        yield


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
