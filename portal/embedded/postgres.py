"""The embedded PostgreSQL: its data folder, its settings, its one database."""

import os
import shutil
import signal
import subprocess
from pathlib import Path
from urllib.parse import quote

from portal.embedded.binaries import postgres_for
from portal.embedded.places import Places
from portal.embedded.processes import tethered, way_to_run_postgres
from portal.embedded.server import Server
from portal.embedded.tether import NOBODY
from portal.embedded.trouble import Trouble, from_os_error

NAME = "trellis"  # of the database and of its owner


def url(places: Places) -> str:
    """The DATABASE_URL of the embedded server."""
    return f"postgresql://{NAME}@/{NAME}?host={quote(str(places.sockets))}"


class Postgres(Server):
    name = "postgres"
    stop_politely = signal.SIGINT  # "fast": ends the sessions, then stops cleanly

    def __init__(self, places: Places) -> None:
        super().__init__(places)
        self.way = way_to_run_postgres()
        self.binaries = Path()
        self.major = 0

    @property
    def folder(self) -> Path:
        return self.places.postgres

    @property
    def pid_file(self) -> Path:
        return self.folder / "postmaster.pid"

    def prepare(self) -> None:
        for unfinished in self.places.data.glob("postgres.new-*"):
            shutil.rmtree(unfinished)
        made_by = self._made_by()
        self.binaries, self.major = postgres_for(made_by)
        if made_by is None:
            self._make()
        self.folder.chmod(0o700)  # a copy may have lost this, and PostgreSQL insists
        self._hand_over()

    def _made_by(self) -> int | None:
        """The major version that made the data folder; None when there is no data yet."""
        if not self.folder.exists() or (self.folder.is_dir() and not any(self.folder.iterdir())):
            return None
        try:
            return int((self.folder / "PG_VERSION").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise Trouble(
                f"{self.folder} is not a whole database folder: its PG_VERSION is missing or "
                f"garbled.\n{self._move_away()}"
            ) from error

    def _move_away(self) -> str:
        return (
            "Put a copy of it back if you have one. To begin with an empty database instead:\n"
            f"    mv {self.folder} {self.folder}.broken"
        )

    def _make(self) -> None:
        """Make the data folder under a temporary name, so that a half-made one is never used."""
        new = self.places.data / f"postgres.new-{os.getpid()}"
        new.mkdir(mode=0o700)
        try:
            if self.way == "nobody":
                os.chown(new, NOBODY, NOBODY)
            locale = (
                ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
                if self.major >= 17
                else ["--locale=C.UTF-8"]
            )
            command: list[str | Path] = [self.binaries / "initdb", "-D", new, "-U", NAME]
            command += ["--auth=trust", "--encoding=UTF8", *locale, "--no-instructions"]
            made = subprocess.run(
                tethered(command, on_death=signal.SIGKILL, way=self.way),
                capture_output=True,
                text=True,
                env={**os.environ, "LC_ALL": "C"},
            )
            if made.returncode != 0:
                raise self.explain(made.stdout + made.stderr)
            if self.folder.exists():
                self.folder.rmdir()
            new.rename(self.folder)
        finally:
            if new.exists():
                shutil.rmtree(new)

    def _hand_over(self) -> None:
        """Give the files to the user the server runs as, where root runs it as somebody else."""
        if os.geteuid() != 0:
            return
        owner = NOBODY if self.way == "nobody" else 0
        if self.folder.stat().st_uid != owner:
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, owner, owner, follow_symlinks=False)
        # It also writes its socket there.
        os.chown(self.places.sockets, owner, owner)

    def command(self) -> list[str | Path]:
        settings = {
            "listen_addresses": "",  # no port: only who may enter the socket's folder gets in
            "unix_socket_directories": f'"{self.places.sockets}"',
            "unix_socket_permissions": "0700",
            "port": "5432",  # a part of the socket's name
            "timezone": "UTC",
            "log_timezone": "UTC",
            "shared_buffers": "64MB",
            "max_connections": "100",
            "random_page_cost": "1.1",  # an SSD's; 4, the default, is a turning disk's
            "jit": "off",  # short queries only; the wheel has no LLVM
            # The log is for faults, never for what people wrote.
            "log_error_verbosity": "terse",
            "log_min_error_statement": "panic",
            "log_checkpoints": "off",
        }
        if self.major >= 18:
            settings["io_method"] = "sync"  # three processes fewer
        options = [f"--{name}={value}" for name, value in settings.items()]
        return [self.binaries / "postgres", "-D", self.folder, *options]

    def is_ready(self) -> bool:
        """PostgreSQL notes its state in the eighth line of its pid file (miscadmin.h)."""
        try:
            lines = self.pid_file.read_text().splitlines()
        except OSError:
            return False
        return len(lines) >= 8 and lines[7].strip() == "ready"

    def settle(self) -> None:
        """Create the database when it is not there yet."""
        there = self._psql("SELECT 1 FROM pg_database WHERE datname = current_user")
        if there.strip() != "1":
            self._psql(f"CREATE DATABASE {NAME} TEMPLATE template0")

    def _psql(self, sql: str) -> str:
        socket = str(self.places.sockets)
        words = ["-XAtq", "-h", socket, "-U", NAME, "-d", "postgres", "-c", sql]
        done = subprocess.run([self.binaries / "psql", *words], capture_output=True, text=True)
        if done.returncode != 0:
            raise self.explain(done.stderr)
        return done.stdout

    def explain(self, told: str) -> Trouble:
        if "No space left on device" in told or "File too large" in told:
            return from_os_error(OSError(28, ""), f"write PostgreSQL's data to {self.folder}")
        faults = [line for line in told.splitlines() if _is_fault(line)]
        why = faults[-1].partition(": ")[2].strip() if faults else told.strip()[-500:]
        if not self.folder.exists():
            return Trouble(f"PostgreSQL could not make its data folder: {why}")
        return Trouble(
            f"PostgreSQL could not start on {self.folder}:\n    {why}\n"
            f"Its log tells more: {self.log}\n{self._move_away()}"
        )


def _is_fault(line: str) -> bool:
    return any(word in line for word in ("FATAL:", "PANIC:", "error:", "could not"))
