"""Servers named in the environment: wrong addresses are told in words, before anything starts."""

import socket
from pathlib import Path

import pytest
import redis

from portal.embedded import postgres, valkey
from portal.embedded.addresses import check_broker, check_database
from portal.embedded.environment import secret_key, surroundings
from portal.embedded.places import Places
from portal.embedded.trouble import Trouble
from tests.portal.embedded.conftest import sql


def told(check, *arguments: str) -> str:
    with pytest.raises(Trouble) as trouble:
        check(*arguments)
    assert "secret" not in str(trouble.value)
    return str(trouble.value)


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://amara:secret@host/trellis", "begins with mysql://, not with one of postgres"),
        ("trellis", "begins with nothing://"),
        ("postgresql://amara:secret@host:five/trellis", "cannot be read"),
        ("postgresql://amara:se/cret@host/trellis", "cannot be"),
        ("postgresql://amara:secret@127.0.0.1", "names no database"),
        ("postgresql://amara:secret@no-such.invalid/trellis", "no machine of the name"),
        ("postgresql:///trellis?host=/no/such/folder", "No database server answers"),
        ("postgresql:///trellis?colour=blue&password=secret", "cannot be used"),
    ],
)
def test_a_database_address_that_cannot_be_right(url, words):
    assert words in told(check_database, url)


def test_nobody_answers(closed_port):
    shown = told(check_database, f"postgresql://amara:secret@127.0.0.1:{closed_port}/trellis")
    assert (
        f"No database server answers at DATABASE_URL (postgresql://amara:***@127.0.0.1:{closed_port}/trellis)"
        in shown
    )
    assert "unset DATABASE_URL" in shown
    shown = told(check_broker, "REDIS_URL", f"redis://:secret@127.0.0.1:{closed_port}/0")
    assert "No Redis or Valkey answers" in shown
    shown = told(check_broker, "BROKER_URL", f"amqp://amara:secret@127.0.0.1:{closed_port}//")
    assert "No RabbitMQ answers" in shown


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://127.0.0.1", "begins with http://, not with one of redis"),
        ("redis://127.0.0.1:port", "cannot be read"),
        ("unix:///no/such.sock", "No Redis or Valkey answers"),
    ],
)
def test_a_broker_address_that_cannot_be_right(url, words):
    assert words in told(check_broker, "REDIS_URL", url)


def test_what_the_database_server_refuses(made, hold):
    hold("postgres")
    here = f"?host={made.sockets}"
    assert "has no database" in told(check_database, f"postgresql://trellis@/other{here}")
    assert "no such user" in told(check_database, f"postgresql://amara@/trellis{here}")
    rules = made.postgres / "pg_hba.conf"
    rules.write_text("local all guarded scram-sha-256\n" + rules.read_text())
    sql(made, "CREATE ROLE guarded LOGIN PASSWORD 'right'")
    sql(made, "SELECT pg_reload_conf()")
    wrong = f"postgresql://guarded:secret@/trellis{here}"
    assert "refuses the user or password" in told(check_database, wrong)
    check_database(f"postgresql://guarded:right@/trellis{here}")


def test_what_the_broker_refuses(places, hold):

    hold("valkey")
    check_broker("REDIS_URL", valkey.url(places))
    with redis.Redis.from_url(valkey.url(places)) as queue:
        queue.config_set("requirepass", "right")
    assert "refuses the password" in told(check_broker, "REDIS_URL", valkey.url(places))


def test_named_servers_are_used_and_none_is_started(made, hold, monkeypatch, folder: Path):
    hold("postgres")
    hold("valkey")
    monkeypatch.setenv("DATABASE_URL", postgres.url(made))
    monkeypatch.setenv("BROKER_URL", valkey.url(made))
    monkeypatch.delenv("REDIS_URL", raising=False)

    other = Places(folder / "other")
    with surroundings(other) as around:
        assert around.holds == []
        assert around.environment["DATABASE_URL"] == postgres.url(made)
        assert around.environment["REDIS_URL"] == valkey.url(made)
    assert not other.postgres.exists() and not other.valkey.exists()


def test_one_named_server_is_used_and_the_other_started(made, hold, monkeypatch, folder: Path):

    hold("postgres")
    monkeypatch.setenv("DATABASE_URL", postgres.url(made))
    for name in ("REDIS_URL", "BROKER_URL"):
        monkeypatch.delenv(name, raising=False)
    other = Places(folder / "other")
    with surroundings(other) as around:
        assert [held.name for held in around.holds] == ["valkey"]
        assert around.environment["REDIS_URL"] == valkey.url(other)
    assert all(held.wait_until_gone() for held in around.holds)


def test_the_secret_key_is_made_once_and_is_ours_alone(places):

    first = secret_key(places)
    assert len(first) >= 50
    assert secret_key(places) == first
    assert (places.data / "secret_key").stat().st_mode & 0o777 == 0o600
    (places.data / "secret_key").write_text("short")  # cut off by a full disk
    assert len(secret_key(places)) >= 50
