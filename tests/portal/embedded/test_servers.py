"""The two servers: started once, shared, kept while used, and gone when nobody is left."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import redis

from portal.embedded import binaries, postgres, valkey
from portal.embedded.places import LONGEST_SOCKET_PATH, POSTGRES_SOCKET, ROOT, Places
from portal.embedded.servers import Hold, using
from portal.embedded.trouble import Trouble
from tests.portal.embedded.conftest import pids_in, programs, sql, wait_for


def test_the_database_is_made_as_we_want_it(places, hold):
    hold("postgres")
    assert sql(places, "SELECT current_database(), current_user") == [("trellis", "trellis")]
    assert sql(places, "SHOW server_encoding") == [("UTF8",)]
    assert sql(places, "SHOW timezone") == [("UTC",)]
    assert sql(places, "SHOW listen_addresses") == [("",)]
    assert sql(places, "SELECT lower('ÉLODIE'), 'a' < 'B'") == [("élodie", False)]
    for name in ("pg_trgm", "unaccent", "citext", "btree_gist"):
        sql(places, f"CREATE EXTENSION {name}")


def test_its_log_holds_no_statements(made, hold):
    hold("postgres")
    sql(made, "CREATE TABLE t (body text UNIQUE)")
    sql(made, "INSERT INTO t VALUES ('a private sentence')")
    try:
        sql(made, "INSERT INTO t VALUES ('a private sentence')")
    except Exception as error:
        assert "unique" in str(error)
    log = (made.logs / "postgres.log").read_text()
    assert "duplicate key" in log
    assert "private sentence" not in log


def test_a_second_start_keeps_the_data(made):
    for turn in (1, 2):
        with using(made) as holds:
            queue = redis.Redis.from_url(valkey.url(made))
            if turn == 1:
                queue.set("kept", "yes")
            assert sql(made, "SELECT answer FROM kept") == [(5,)]
            assert queue.get("kept") == b"yes"
            assert queue.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
            queue.close()
        assert [hold.wait_until_gone() for hold in holds] == [True, True]
        assert pids_in(made.data) == set()


def test_of_many_starters_one_starts_and_the_rest_attach(places):
    program = (
        "import sys; from pathlib import Path; from portal.embedded.places import Places;"
        "from portal.embedded.servers import using\n"
        "with using(Places(Path(sys.argv[1]))): print('up', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, str(places.data)]
    pipe = subprocess.PIPE
    starters = [subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe) for _ in range(6)]
    assert [starter.stdout.readline() for starter in starters] == [b"up\n"] * 6
    log = (places.logs / "postgres.log").read_text()
    assert log.count("ready to accept connections") == 1
    for starter in starters[:5]:  # whoever started it is among them or not: it goes on
        starter.stdin.close()
        assert starter.wait(20) == 0
        starter.stdout.close()
    assert sql(places, "SELECT 1") == [(1,)]
    starters[5].kill()  # the last one does not even say goodbye
    starters[5].communicate()
    wait_for(lambda: not pids_in(places.data), 20, "the servers' end")
    assert "database system is shut down" in (places.logs / "postgres.log").read_text()


def test_a_killed_keeper_takes_its_server_along_and_another_starts(made, hold):
    held = hold("postgres")
    os.kill(_keeper(made, "postgres"), signal.SIGKILL)
    wait_for(lambda: not held.is_kept(), 5, "the keeper's end")
    held.attach()
    assert sql(made, "SELECT answer FROM kept") == [(5,)]


def test_a_server_that_dies_is_started_again(places, hold):
    hold("valkey")
    pid = int((places.state / "valkey.pid").read_text())
    os.kill(pid, signal.SIGKILL)
    server = valkey.Valkey(places)
    wait_for(lambda: not Path(f"/proc/{pid}").exists(), 5, "its end")
    wait_for(server.is_ready, 10, "its second start")


def test_a_stale_note_of_a_number_in_use_is_not_believed(made):
    note = made.postgres / "postmaster.pid"  # as after a power cut: the number is somebody else's
    note.write_text(f"{os.getpid()}\n{made.postgres}\n0\n5432\n{made.sockets}\n\n\nready   \n")
    with using(made, ("postgres",)):
        assert sql(made, "SELECT 1") == [(1,)]


def test_a_server_nobody_keeps_is_stopped_and_its_folder_taken_over(made):
    orphan = postgres.Postgres(made)
    orphan.prepare()
    way = [] if orphan.way == "self" else ["unshare", "--user", "--map-user=65534"]
    process = subprocess.Popen([*way, *map(str, orphan.command())], stderr=subprocess.DEVNULL)
    wait_for(orphan.is_ready, 20, "the orphan's start")
    with using(made, ("postgres",)):
        assert process.wait(20) == 0
        assert sql(made, "SELECT answer FROM kept") == [(5,)]


def test_where_the_path_is_too_long_sockets_lie_in_a_private_folder(folder):
    places = Places(folder / ("a long name " * 9).strip() / "data")
    places.prepare()
    assert len(str(places.state / POSTGRES_SOCKET)) > LONGEST_SOCKET_PATH
    assert places.sockets.parent == Path(tempfile.gettempdir())
    assert places.sockets.stat().st_mode & 0o777 == 0o700
    try:
        with using(places) as holds:
            assert sql(places, "SELECT 1") == [(1,)]
            assert redis.Redis.from_url(valkey.url(places)).ping()
        assert [hold.wait_until_gone() for hold in holds] == [True, True]
    finally:
        for left in places.sockets.iterdir():
            left.unlink()
        places.sockets.rmdir()


@pytest.mark.skipif(
    shutil.which("redis-server") is None, reason="needs Redis: apt-get install redis-server"
)
def test_an_installed_redis_does_as_well(places, monkeypatch):
    monkeypatch.setattr(binaries, "_in_wheel", lambda *_: [])
    monkeypatch.setattr(shutil, "which", {"redis-server": shutil.which("redis-server")}.get)
    server = valkey.Valkey(places)
    server.start()
    try:
        with redis.Redis.from_url(valkey.url(places)) as queue:
            assert queue.info("server")["redis_version"].startswith(("6", "7", "8"))
            assert queue.config_get("appendonly") == {"appendonly": "yes"}
    finally:
        server.stop()


def test_neither_a_wheel_nor_an_installed_server(monkeypatch):
    monkeypatch.setattr(binaries, "_in_wheel", lambda *_: [])
    monkeypatch.setattr(binaries.Path, "glob", lambda *_: [])
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(Trouble, match=r"(?s)apt-get install redis-server.*set REDIS_URL"):
        binaries.valkey()
    with pytest.raises(Trouble, match=r"(?s)apt-get install postgresql.*set DATABASE_URL"):
        binaries.postgres_for(None)


def test_two_data_folders_are_two_databases(folder):
    one, other = Places(folder / "one"), Places(folder / "other")
    with using(one, ("postgres",)) as first, using(other, ("postgres",)) as second:
        sql(one, "CREATE TABLE only_here ()")
        asked = "SELECT to_regclass('only_here')::text"
        assert (sql(one, asked), sql(other, asked)) == ([("only_here",)], [(None,)])
    assert [hold.wait_until_gone() for hold in (*first, *second)] == [True, True]


def _keeper(places: Places, name: str) -> int:
    found = programs(places.data, "portal.embedded.keeper", name)
    assert found, f"no keeper of {name}"
    return found[0]


def test_leaving_while_another_stays(places, hold):
    stays = hold("valkey")
    leaves = Hold(places, "valkey")
    leaves.attach()
    leaves.release()
    assert leaves.wait_until_gone() is False
    assert stays.is_kept()
