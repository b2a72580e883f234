"""`./run`: the whole portal, until Ctrl-C."""

import asyncio
import errno
import os
import signal
import socket
import time
from dataclasses import dataclass

from portal.embedded import locks, port, stack
from portal.embedded.child import Child
from portal.embedded.environment import Surroundings, surroundings
from portal.embedded.follow import follow
from portal.embedded.leftovers import Note
from portal.embedded.log import Log
from portal.embedded.places import Places
from portal.embedded.running import STOPPING, Running, Stopped
from portal.embedded.trouble import Trouble, from_os_error

MANAGE = [stack.PYTHON, "manage.py"]
LOOPBACK = {"127.0.0.1", "::1"}


@dataclass
class Start:
    """One start of the portal, and how long its parts took."""

    places: Places
    log: Log
    note: Note
    listening: socket.socket
    address: str
    began: float

    def took(self) -> str:
        return f"{time.monotonic() - self.began:.1f} s"


def main(arguments: list[str]) -> int:
    """Start everything, print the address and the sign-ins, and stop it all when asked to."""
    if arguments:
        raise Trouble(f"./run start takes no arguments; it was given {' '.join(arguments)}.")
    for sign in (signal.SIGTERM, signal.SIGHUP):  # until the programs run: then Running listens
        signal.signal(sign, signal.default_int_handler)
    began = time.monotonic()
    places = Places.from_environment()
    places.prepare()
    note = Note(places)
    lock = locks.take(places.state / "portal.lock", wait=False)
    if lock is None:
        raise Trouble(_already_running(note))
    log = Log()
    if ended := note.end_leftovers():
        log("trellis", f"Ended {ended} programs that a killed start had left.")
    try:
        with _listen(log) as listening, surroundings(places) as around:
            log("trellis", _servers_up(around, time.monotonic() - began))
            address = around.environment.setdefault("PUBLIC_URL", _address(listening))
            start = Start(places, log, note, listening, address, began)
            _hold_signals()
            asyncio.run(_run(start, around))
        for hold in around.holds:
            if not hold.wait_until_gone():
                log("trellis", f"{hold.name} goes on: another command still uses it.")
        log("trellis", f"Stopped. The data stays in {places.data}")
    except KeyboardInterrupt:
        log("trellis", "Stopped before anything was open.")
    finally:
        note.forget()
        os.close(lock)
    return 0


def _hold_signals() -> None:
    """Keep what asks us to stop until Running listens: an exception thrown between the lines that
    build the event loop would leave half a loop behind."""
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)


def _listen(log: Log) -> socket.socket:
    """The web server's socket, opened before anything else is started."""
    asked = os.environ.get("PORT")
    listening = port.listen(os.environ.get("HOST") or "127.0.0.1", asked)
    number = listening.getsockname()[1]
    if number != port.FIRST and not asked:
        log("trellis", f"Port {port.FIRST} is taken; using {number}.")
    return listening


def _address(listening: socket.socket) -> str:
    """What a person on this machine types to reach it. By name: a browser keeps passkeys for a
    name only, never for a number."""
    host, number = listening.getsockname()[:2]
    reached = _to_reach(host)
    return f"http://{'localhost' if reached in LOOPBACK else reached}:{number}"


def _already_running(note: Note) -> str:
    said = note.read()
    where = f" at {said['address']} (process {said['pid']})" if "address" in said else ""
    return (
        f"Trellis already runs here{where}.\n"
        "Open that address, or stop it first. For a second one beside it, give it data of its own:"
        "\n    DATA_FOLDER=.data/second ./run"
    )


def _to_reach(host: str) -> str:
    """Where a server on `host` answers: one that listens everywhere does so here too."""
    found = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  only compared
    return f"[{found}]" if ":" in found else found


def _servers_up(around: Surroundings, seconds: float) -> str:
    embedded = {hold.name for hold in around.holds}
    database = "embedded PostgreSQL" if "postgres" in embedded else "PostgreSQL of DATABASE_URL"
    queue = "embedded Valkey" if "valkey" in embedded else "queue of REDIS_URL"
    return f"{database} and {queue} answer after {seconds:.1f} s."


async def _run(start: Start, around: Surroundings) -> None:
    running = Running(start.log, lambda pids: start.note.write(start.address, pids))
    watchers = [
        asyncio.create_task(follow(hold.name, start.places.logs / f"{hold.name}.log", start.log))
        for hold in around.holds
    ]
    began_at = _length(start.places)
    try:
        if await running.step("trellis", [*MANAGE, "prepare"], around.environment) != 0:
            raise _not_prepared(start.places, began_at)
        start.log("trellis", f"Database up to date after {start.took()}.")
        _start_web(running, start, around)
        host, number = start.listening.getsockname()[:2]
        await running.first_page(_to_reach(host).strip("[]"), number)
        start.log("trellis", f"First page after {start.took()}.")
        _start_others(running, start, around)
        await running.step("trellis", [*MANAGE, "demo", "--sign-ins"], around.environment)
        url = around.environment["PUBLIC_URL"]
        start.log("trellis", f"Trellis is ready: {url}    Ctrl-C stops it.")
        await running.until_asked_to_stop(around.holds)
    except Stopped:
        pass
    finally:
        await running.stop()
        for watcher in watchers:
            watcher.cancel()
        await asyncio.gather(*watchers, return_exceptions=True)


def _length(places: Places) -> int:
    log = places.logs / "postgres.log"
    return log.stat().st_size if log.exists() else 0


def _not_prepared(places: Places, began_at: int) -> Trouble:
    """Why, from what PostgreSQL has told since: it dies of a full disk, and what used it then only
    tells that it is gone."""
    log = places.logs / "postgres.log"
    if log.exists():
        with log.open("rb") as file:
            file.seek(began_at)
            if b"No space left on device" in file.read():
                return from_os_error(OSError(errno.ENOSPC, ""), f"write to {places.data}")
    return Trouble("The database could not be prepared: the lines above tell why.")


def _start_web(running: Running, start: Start, around: Surroundings) -> None:
    opened = start.listening.fileno()
    descriptors = [*_uses(around), opened]
    running.start(Child("web", stack.web(opened), around.environment, start.log, descriptors))


def _start_others(running: Running, start: Start, around: Surroundings) -> None:
    """After the first page, which they would only hold up. Stopped after the web, beat first."""
    for label, command in (("beat", stack.beat(start.places)), ("worker", stack.worker())):
        running.start(Child(label, command, around.environment, start.log, _uses(around)))


def _uses(around: Surroundings) -> list[int]:
    """The locks that keep the servers: each program holds them, so they outlive it."""
    return [hold.descriptor for hold in around.holds if hold.descriptor is not None]
