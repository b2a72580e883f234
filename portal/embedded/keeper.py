"""The process that keeps one server for as long as anybody uses it.

    python -m portal.embedded.keeper postgres|valkey DATA_FOLDER LOCK_DESCRIPTOR

Everyone who uses a server holds a shared lock on `run/NAME.users`. The keeper waits for the
exclusive one: it gets it when the last user is gone, however that one died, stops the server
cleanly and ends. So the server belongs to nobody in particular: the one who happened to start it
may leave first. The keeper holds `run/NAME.keeper` all its life; when it is killed, the kernel
tells the server to stop (tether.py), and the users start another.
"""

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from portal.embedded import locks
from portal.embedded.places import Places
from portal.embedded.postgres import Postgres
from portal.embedded.server import Server
from portal.embedded.trouble import Trouble
from portal.embedded.valkey import Valkey

SERVERS: dict[str, Callable[[Places], Server]] = {"postgres": Postgres, "valkey": Valkey}
SECONDS_BETWEEN_LOOKS = 0.2
DEATHS_IN_A_ROW = 3
SECONDS_TO_FORGET_A_DEATH = 60


class Asked(Exception):
    """Somebody sent a signal to stop."""


def keep(server: Server, users: int, tell: Callable[[str], None]) -> None:
    """Keep the server until nobody holds the `users` lock. Starts it again when it dies."""
    deaths: list[float] = []
    while not locks.change(users, wait=False):
        if server.has_died():
            now = time.monotonic()
            deaths = [at for at in deaths if now - at < SECONDS_TO_FORGET_A_DEATH] + [now]
            if len(deaths) > DEATHS_IN_A_ROW:
                raise Trouble(f"{server.name} keeps dying. Its log may say why: {server.log}")
            tell(f"WARNING: {server.name} died; starting it again.")
            server.start()
        time.sleep(SECONDS_BETWEEN_LOOKS)


def main(arguments: list[str]) -> int:
    name, folder, _held = arguments  # the third is the keeper's lock, open since our start
    places = Places(Path(folder))
    server = SERVERS[name](places)
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, _stop)

    def tell(text: str) -> None:
        with contextlib.suppress(OSError), server.log.open("a") as log:  # the disk may be full
            log.write(f"# {text}\n")

    users = os.open(places.state / f"{name}.users", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        server.start()
        _answer("ready\n")
        os.close(1)
        keep(server, users, tell)
    except Trouble as trouble:
        tell(f"ERROR: {trouble}")
        _answer(str(trouble))
        return 1
    except Asked:
        return 0
    finally:
        server.stop()
    return 0


def _answer(text: str) -> None:
    """Tell the one who started us, if it still waits, how the start went."""
    with contextlib.suppress(OSError):
        os.write(1, text.encode())


def _stop(_sign: int, _frame: FrameType | None) -> None:
    raise Asked


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
