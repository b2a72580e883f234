"""docker-compose.yml, without an engine: each service's own command, run on this machine.

PostgreSQL and Redis are Debian's, as a container's are: over TCP, with a password. The commands and
healthchecks are read from the file; only hosts and ports are put in place.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg2
import pytest
import yaml

from portal.embedded import binaries, stack
from portal.embedded.places import ROOT, Places
from portal.embedded.postgres import Postgres
from tests.portal.embedded.conftest import NAMED_SERVERS, wait_for

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")
SET = {"SECRET_KEY": "k" * 60, "POSTGRES_PASSWORD": "letmein"}

DEBIANS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
needs_debian = pytest.mark.skipif(
    not DEBIANS or shutil.which("redis-server") is None,
    reason="needs Debian's servers: apt-get install postgresql redis-server",
)


def in_place(text: str, variables: Mapping[str, str]) -> str:
    """Fill in ${NAME:-default} and ${NAME:?what to do} as docker compose does, inside out."""
    pattern = re.compile(r"\$\{(\w+)(?::([-?])([^${}]*))?\}")
    while found := pattern.search(text):
        name, how, rest = found.groups()
        value = variables.get(name, "")
        if not value and how == "?":
            raise KeyError(f"{name}: {rest}")
        text = text[: found.start()] + (value or (rest if how == "-" else "")) + text[found.end() :]
    return text


def environment_of(service: str, variables: Mapping[str, str]) -> dict[str, str]:
    told = SERVICES[service]["environment"]
    return {name: in_place(str(value), variables) for name, value in told.items()}


@pytest.mark.parametrize("missing", SET)
def test_a_missing_secret_is_named_with_what_to_do(missing):
    given = {name: value for name, value in SET.items() if name != missing}
    with pytest.raises(KeyError, match=f"{missing}: Set {missing} in .env"):
        environment_of("web", given)


def test_the_same_words_start_the_services_here_and_there():
    for words in (stack.WEB_OPTIONS, stack.WORKER_OPTIONS):
        service = "web" if words is stack.WEB_OPTIONS else "worker"
        assert " ".join(words[:4]) in " ".join(SERVICES[service]["command"])
        assert set(words) <= set(SERVICES[service]["command"])


def test_the_image_starts_the_web_server_unless_told_otherwise():
    command = re.search(r"^CMD (\[.*\])$", (ROOT / "Dockerfile").read_text(), re.M)
    assert command and yaml.safe_load(command.group(1)) == SERVICES["web"]["command"]


def test_ours_wait_for_the_migrations_and_run_without_rights():
    for name in OURS:
        service = SERVICES[name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        waits = service["depends_on"]
        assert waits["postgres"] == waits["redis"] == {"condition": "service_healthy"}
        if name != "migrate":
            assert waits["migrate"] == {"condition": "service_completed_successfully"}
            assert "healthcheck" in service
    assert re.search(r"^USER trellis$", (ROOT / "Dockerfile").read_text(), re.M)


class DebianPostgres(Postgres):
    """Debian's PostgreSQL, on a TCP port and with a password."""

    port = 0

    def command(self) -> list[str | Path]:
        asked = SERVICES["postgres"]["command"][1:]
        over_tcp = ["--listen_addresses=127.0.0.1", "--unix_socket_permissions=0700"]
        return [*super().command(), *asked, *over_tcp, "-c", f"port={self.port}"]

    def _psql(self, sql: str) -> str:
        os.environ["PGPORT"] = str(self.port)
        try:
            return super()._psql(sql)
        finally:
            del os.environ["PGPORT"]


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


@pytest.fixture
def debian(places: Places, folder: Path, monkeypatch) -> Iterator[dict[str, str]]:
    """Debian's PostgreSQL and Redis; yields the environment that leads our services to them."""
    monkeypatch.setattr(binaries, "postgres_folders", lambda: [DEBIANS[-1]])
    monkeypatch.delenv("PGPORT", raising=False)
    database = DebianPostgres(places)
    database.port, redis_port = free_port(), free_port()
    database.start()
    rules = places.postgres / "pg_hba.conf"
    rules.write_text("local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
    database._psql("ALTER ROLE trellis PASSWORD 'letmein'")
    database._psql("SELECT pg_reload_conf()")
    redis = subprocess.Popen(
        [*SERVICES["redis"]["command"], "--port", str(redis_port), "--bind", "127.0.0.1"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(lambda: healthy("redis", "-p", str(redis_port)), 20, "Redis")
        at = {"PGHOST": "127.0.0.1", "PGPORT": str(database.port)}
        wait_for(lambda: healthy("postgres", **at), 20, "PostgreSQL")
        clean = {key: value for key, value in os.environ.items() if key not in NAMED_SERVERS}
        web_port = free_port()
        ours = environment_of("web", {**SET, "PUBLIC_URL": f"http://127.0.0.1:{web_port}"})
        url = ours["DATABASE_URL"].replace("@postgres:5432", f"@127.0.0.1:{database.port}")
        broker = ours["REDIS_URL"].replace("redis:6379", f"127.0.0.1:{redis_port}")
        path = f"{Path(sys.executable).parent}:{DEBIANS[-1]}:{clean['PATH']}"
        more = {"DATABASE_URL": url, "REDIS_URL": broker, "PORT": str(web_port), "PATH": path}
        yield {**clean, **ours, **more, "STATIC_ROOT": str(folder / "static")}
    finally:
        redis.terminate()
        redis.wait(20)
        database.stop()


def healthy(service: str, *words: str, **environment: str) -> bool:
    """Whether the service's own healthcheck passes."""
    command = SERVICES[service]["healthcheck"]["test"]
    assert command[0] == "CMD"
    program, *rest = [in_folder(word) for word in command[1:]]
    variables = {**os.environ, **environment}
    done = subprocess.run(
        [program, *words, *rest], cwd=ROOT, env=variables, capture_output=True, text=True
    )
    return done.returncode == 0


def in_folder(word: str) -> str:
    """A container's /tmp is its own; ours is the data folder of the test."""
    return word.replace("/tmp/", os.environ.get("COMPOSE_TMP", "/tmp") + "/")


@needs_debian
def test_every_service_runs_and_its_healthcheck_passes(debian, folder, monkeypatch):
    monkeypatch.setenv("COMPOSE_TMP", str(folder))
    subprocess.run(
        ["python", "manage.py", "collectstatic", "--no-input", "--verbosity", "0"],
        cwd=ROOT,
        env=debian,
        check=True,
        executable=sys.executable,
    )  # fmt: skip  the image has done this
    migrated = subprocess.run(
        SERVICES["migrate"]["command"], cwd=ROOT, env=debian, capture_output=True, text=True
    )
    assert migrated.returncode == 0, migrated.stderr
    with psycopg2.connect(debian["DATABASE_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) > 0 FROM django_migrations")
        assert cursor.fetchone() == (True,)
    connection.close()

    assert not healthy("web", **debian)
    log = (folder / "services.log").open("wb")
    running = []
    for name in ("web", "worker", "beat"):
        bound = f"127.0.0.1:{debian['PORT']}"
        command = [in_folder(word).replace("0.0.0.0:8000", bound) for word in service(name)]
        running.append(subprocess.Popen(command, cwd=ROOT, env=debian, stdout=log, stderr=log))
    try:
        for name in ("web", "worker", "beat"):
            wait_for(lambda name=name: healthy(name, **debian), 120, f"a healthy {name}")
    finally:
        for process in running:
            process.send_signal(signal.SIGTERM)
        ended = [process.wait(120) for process in running]
        log.close()
    told = (folder / "services.log").read_text()
    assert ended == [0, 0, 0], told
    assert "Traceback" not in told


def test_workers_can_be_several_and_so_can_beat():
    """`--scale worker=4`: nothing of a worker's, or of a beat's, is one of a kind."""
    for name in ("worker", "beat"):
        assert {"container_name", "hostname", "ports"}.isdisjoint(SERVICES[name])
        assert "--hostname" not in service(name)
    assert "/tmp" in SERVICES["beat"]["tmpfs"]  # each beat has its own schedule there
    assert "/tmp/beat-schedule" in service("beat")


def service(name: str) -> list[str]:
    return SERVICES[name]["command"]
