"""Settings come from the environment, and a start that cannot be names what is wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.environment import Environment

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ",
    "PUBLIC_URL": "https://trellis.example.org",
    "DATABASE_URL": "postgresql://trellis:secret@db/trellis",
    "REDIS_URL": "redis://redis:6379/0",
    "EMAIL_URL": "smtp://user:pass@mail:587?tls=1",
}


def manage(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """manage.py with these variables and no others of ours."""
    bare = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=bare | variables,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_start_without_settings_names_every_one_that_is_missing():
    told = manage("check").stderr

    for name in ("SECRET_KEY", "PUBLIC_URL", "DATABASE_URL", "REDIS_URL", "EMAIL_URL"):
        assert f"{name} is not set" in told
    assert ".env.example" in told
    assert "Traceback" not in told


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DATABASE_URL", "mysql://root@db/trellis", "DATABASE_URL is not a PostgreSQL address"),
        ("DATABASE_URL", "postgresql://db:notaport/x", "DATABASE_URL is not a PostgreSQL address"),
        ("REDIS_URL", "filesystem://", "lose work when a worker dies"),
        ("PUBLIC_URL", "trellis.example.org", "write https://portal.example.org"),
        ("EMAIL_URL", "mail.example.org", "EMAIL_URL is not a mail server"),
        ("DEBUG", "perhaps", "DEBUG is 'perhaps': write 1 or 0"),
    ],
)
def test_a_strange_value_is_named_with_what_to_write(name, value, words):
    assert words in manage("check", **PRODUCTION | {name: value}).stderr


def test_production_settings_pass_djangos_deployment_check():
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert done.returncode == 0, done.stderr


def test_a_database_on_a_unix_socket():
    read = Environment({"D": "postgresql://postgres@/trellis?host=/run/here"}).database("D")

    assert read == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "trellis",
        "USER": "postgres",
        "PASSWORD": "",
        "HOST": "/run/here",
        "PORT": "",
        "OPTIONS": {},
    }


def test_a_password_may_hold_any_character():
    read = Environment({"D": "postgres://u:p%40ss%2Fword@db:5433/t?sslmode=require"}).database("D")

    assert (read["PASSWORD"], read["PORT"], read["OPTIONS"]) == (
        "p@ss/word",
        "5433",
        {"sslmode": "require"},
    )


@pytest.mark.parametrize(
    ("given", "celery"),
    [
        ("redis://:pw@redis:6379/1", "redis://:pw@redis:6379/1"),
        ("rediss://redis:6380/0", "rediss://redis:6380/0?ssl_cert_reqs=required"),
        (
            "rediss://redis:6380/0?ssl_ca_certs=/ca.pem",
            "rediss://redis:6380/0?ssl_ca_certs=/ca.pem&ssl_cert_reqs=required",
        ),
        ("rediss://redis/0?ssl_cert_reqs=none", "rediss://redis/0?ssl_cert_reqs=none"),
        ("amqps://u:pw@rabbit:5671/host", "amqps://u:pw@rabbit:5671/host"),
        ("unix:///run/valkey.sock?db=2", "redis+socket:///run/valkey.sock?virtual_host=2"),
        ("amqp://guest@rabbit//", "amqp://guest@rabbit//"),
    ],
)
def test_a_broker_by_url(given, celery):
    assert Environment({"B": given}).broker("B", "") == celery


def test_every_problem_is_told_at_once():
    environment = Environment({"N": "x"})
    environment.number("N", 1)
    environment.text("MISSING")

    with pytest.raises(ImproperlyConfigured, match=r"(?s)N is 'x'.*MISSING is not set"):
        environment.stop_on_problems()
