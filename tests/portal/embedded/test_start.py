"""`./run` as a person meets it: every program of it is real."""

import os
import re
import signal
import socket
import urllib.request

import pytest

from portal.embedded.places import Places
from portal.embedded.processes import started_at
from tests.portal.embedded.conftest import pids_in, programs, sql, wait_for

ADDRESS = re.compile(r"http://localhost:\d+")


def address_in(line: str) -> str:
    found = ADDRESS.search(line)
    assert found, line
    return found.group()


def page(address: str) -> int:
    with urllib.request.urlopen(address + "/", timeout=10) as answer:
        return answer.status


def test_a_first_start_interrupted_then_whole_then_ctrl_c(run, folder):
    interrupted = run("start")
    interrupted.until("answer after")  # now the migrations begin
    assert interrupted.stop(signal.SIGTERM) == 0
    assert "Traceback" not in interrupted.said
    assert pids_in(folder) == set()

    portal = run("start")
    address = address_in(portal.until("Trellis is ready"))
    assert page(address) == 200

    # A second ./run here says where the first one is, and disturbs nothing.
    second = run("start")
    assert second.end() == 1
    assert f"already runs here at {address} (process {portal.process.pid})" in second.said

    # ./run manage joins the servers that run, and leaves them running.
    beside = run("manage", "shell", "-v", "0", "-c", "print('in', 'the shell')")
    assert beside.end() == 0, beside.said
    assert "in the shell" in beside.said

    assert page(address) == 200
    assert portal.stop(signal.SIGINT) == 0
    assert "Stopped." in portal.said
    assert "Traceback" not in portal.said
    assert pids_in(folder) == set()


def test_what_dies_is_started_again_and_a_killed_launcher_taken_over(run, folder):
    portal = run("start")
    address = address_in(portal.until("Trellis is ready"))
    portal.says("ready.")  # the worker
    sql(Places(folder / "data"), "CREATE TABLE kept AS SELECT 3 AS answer")

    beat = programs(folder, "beat")[0]
    os.kill(beat, signal.SIGKILL)
    portal.until("beat was ended by SIGKILL; starting it again in 1 s.")
    os.kill(programs(folder, "portal.wsgi:application")[0], signal.SIGKILL)
    portal.until("web was ended by SIGKILL")
    database = int((folder / "data" / "postgres" / "postmaster.pid").read_text().split()[0])
    os.kill(database, signal.SIGKILL)
    portal.until("postgres died; starting it again")
    wait_for(lambda: _answers(address), 90, "a page")
    os.kill(programs(folder, "portal.embedded.keeper", "valkey")[0], signal.SIGKILL)
    portal.until("valkey was ended; starting it again")
    wait_for(lambda: _answers(address), 90, "a page")
    assert started_at(beat) is None

    portal.stop(signal.SIGKILL)
    again = run("start")
    took = float(re.search(r"after ([\d.]+) s", again.until("First page")).group(1))
    assert page(address_in(again.until("Trellis is ready"))) == 200
    assert took < 120  # 5 alone; here it shares two cores with the suite, and waits for the dying
    assert sql(Places(folder / "data"), "SELECT answer FROM kept") == [(3,)]
    assert len(programs(folder, "portal.wsgi:application")) == 3
    assert len(programs(folder, "beat")) == 1
    assert again.stop(signal.SIGHUP) == 0
    assert pids_in(folder) == set()


def _answers(address: str) -> bool:
    try:
        return page(address) == 200
    except OSError:
        return False


@pytest.fixture
def taken():
    """A port that somebody else listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_a_port_that_was_asked_for_and_is_taken(run, folder, taken):
    portal = run("start", PORT=str(taken))
    assert portal.end() == 1
    assert f"Port {taken} on 127.0.0.1 cannot be used" in portal.said
    assert "Choose another" in portal.said
    assert pids_in(folder) == set()


@pytest.mark.parametrize("port", ["eight", "0", "70000"])
def test_a_port_that_is_none(run, port):
    portal = run("start", PORT=port)
    assert portal.end() == 1
    assert "Set it to a number from 1 to 65535" in portal.said


def test_wrong_addresses_stop_the_start_before_anything_is_made(run, folder):
    for variable, url in (
        ("DATABASE_URL", "postgresql://amara:secret@127.0.0.1:1/trellis"),
        ("REDIS_URL", "redis://127.0.0.1:1/0"),
    ):
        portal = run("start", **{variable: url})
        assert portal.end() == 1
        assert "unset " + variable in portal.said
        assert "secret" not in portal.said and "Traceback" not in portal.said
        assert not (folder / "data" / "postgres").exists()
