"""The embedded Valkey: the broker and the cache, over the Redis protocol."""

import signal
import socket
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from portal.embedded import binaries
from portal.embedded.places import Places
from portal.embedded.server import Server
from portal.embedded.trouble import Trouble, from_os_error

SOCKET = "valkey.sock"


def url(places: Places) -> str:
    """The REDIS_URL of the embedded server."""
    return f"unix://{quote(str(places.sockets / SOCKET))}?db=0"


class Valkey(Server):
    name = "valkey"
    stop_politely = signal.SIGTERM  # writes what is still in memory, then stops

    @property
    def folder(self) -> Path:
        return self.places.valkey

    @property
    def pid_file(self) -> Path:
        return self.places.state / "valkey.pid"

    def prepare(self) -> None:
        if self.folder.exists() and not self.folder.is_dir():
            raise Trouble(
                f"{self.folder} is a file where a folder belongs.\n"
                "Move the file away, then start again."
            )
        self.folder.mkdir(mode=0o700, exist_ok=True)
        (self.places.sockets / SOCKET).unlink(missing_ok=True)

    def command(self) -> list[str | Path]:
        settings = {
            "port": "0",  # no port: only who may enter the socket's folder gets in
            "unixsocket": self.places.sockets / SOCKET,
            "unixsocketperm": "700",
            "dir": self.folder,
            "pidfile": self.pid_file,
            "appendonly": "yes",
            "appendfsync": "everysec",
            "aof-load-truncated": "yes",  # a tail cut off by a crash is dropped, the rest kept
            "save": "",
            "maxmemory-policy": "noeviction",  # a task must never be dropped to make room
            "daemonize": "no",
            "loglevel": "notice",
        }
        options = [word for name, value in settings.items() for word in (f"--{name}", str(value))]
        return [binaries.valkey(), *options]

    def start(self) -> None:
        """Start it. A queue that cannot be read is set aside: the database is the schedule, and
        what the queue has lost is sent again from there (docs/decisions/0007)."""
        try:
            super().start()
        except UnreadableQueue as error:
            stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
            aside = self.folder.with_name(f"valkey.broken-{stamp}")
            self.folder.rename(aside)
            with self.log.open("a") as log:
                log.write(
                    f"# WARNING: {error} It is set aside as {aside}, and the queue begins empty. "
                    "What was due is sent from the database; you can delete that folder.\n"
                )
            super().start()

    def is_ready(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(2)
                line.connect(str(self.places.sockets / SOCKET))
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")  # "-LOADING" while it reads its file
        except OSError:
            return False

    def settle(self) -> None:
        """Nothing: it has no databases to create."""

    def explain(self, told: str) -> Trouble:
        if "No space left on device" in told or "File too large" in told:
            return from_os_error(OSError(28, ""), f"write the queue to {self.folder}")
        signs = ("Bad file format", "Unexpected end of file", "AOF", "RDB", "append only")
        if any(sign in told for sign in signs):
            return UnreadableQueue(f"The queue in {self.folder} could not be read.")
        why = "\n    ".join(told.strip().splitlines()[-3:])
        return Trouble(
            f"Valkey could not start on {self.folder}:\n    {why}\nIts log tells more: {self.log}"
        )


class UnreadableQueue(Trouble):
    """The append-only file is damaged other than at its end."""
