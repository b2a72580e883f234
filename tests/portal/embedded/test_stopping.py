"""Stopping gently: a request that was begun is answered, a task that was begun is done."""

import os
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from portal.embedded import stack, valkey
from portal.embedded.places import ROOT
from tests.portal.embedded.conftest import wait_for

SLOW = "tests.portal.embedded.slow"


def put_in_place(command: list[str | Path], old: str, new: str) -> list[str]:
    """Our own command line, with another application at its end."""
    words = [str(word) for word in command]
    assert old in words
    return [new if word == old else word for word in words]


def test_a_request_that_was_begun_is_answered():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        address = "http://{}:{}".format(*listening.getsockname())
        command = stack.web(listening.fileno())
        server = subprocess.Popen(
            put_in_place(command, "portal.wsgi:application", f"{SLOW}:application"),
            cwd=ROOT,
            pass_fds=[listening.fileno()],
            start_new_session=True,
        )
    try:
        with ThreadPoolExecutor() as pool:
            assert urllib.request.urlopen(f"{address}/0", timeout=30).read() == b"finished"
            slow = pool.submit(lambda: urllib.request.urlopen(f"{address}/3").read())
            wait_for(slow.running, 5, "the request")
            with pytest.raises(subprocess.TimeoutExpired):
                server.wait(1)
            server.send_signal(signal.SIGTERM)
            assert slow.result(20) == b"finished"
            assert server.wait(20) == 0
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


@pytest.fixture
def worker(places, hold) -> Iterator[Callable[[], subprocess.Popen]]:
    """Our worker on a queue of its own; whatever was started is ended with the test."""
    hold("valkey")
    environment = {**os.environ, "REDIS_URL": valkey.url(places), "BROKER_URL": ""}
    started: list[subprocess.Popen] = []

    def start() -> subprocess.Popen:
        command = put_in_place(stack.worker(), "portal", f"{SLOW}:app")
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def order(places, folder) -> Callable[[float], None]:
    """Put a task that takes so many seconds on the worker's queue."""
    program = (
        "import sys; from tests.portal.embedded.slow import app, work;"
        "work.delay(sys.argv[1], float(sys.argv[2]))"
    )
    environment = {**os.environ, "REDIS_URL": valkey.url(places), "BROKER_URL": ""}

    def put(seconds: float) -> None:
        command = [stack.PYTHON, "-c", program, str(folder), str(seconds)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)

    return put


def size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def test_a_task_that_was_begun_is_done_before_the_worker_stops(worker, order, folder):
    order(3)
    running = worker()
    wait_for(lambda: size(folder / "begun"), 90, "the task")
    running.send_signal(signal.SIGTERM)
    assert running.wait(60) == 0
    assert size(folder / "begun") == size(folder / "ended") == 1


def test_a_task_of_a_killed_worker_is_done_by_another(worker, order, folder):
    order(2)
    first = worker()
    wait_for(lambda: size(folder / "begun") == 1, 90, "the task")
    os.killpg(first.pid, signal.SIGKILL)  # as when the memory runs out
    first.wait()
    assert size(folder / "ended") == 0
    worker()
    wait_for(lambda: size(folder / "ended") == 1, 120, "the task's second try")
    assert size(folder / "begun") == 2
