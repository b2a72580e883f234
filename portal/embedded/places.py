"""Where everything lies that we make: one folder, `.data/` unless DATA_FOLDER says so."""

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from portal.embedded.tether import NOBODY
from portal.embedded.trouble import Trouble, from_os_error

ROOT = Path(__file__).resolve().parents[2]

# A unix socket's path holds 107 bytes and a closing zero (unix(7)).
LONGEST_SOCKET_PATH = 107
POSTGRES_SOCKET = ".s.PGSQL.5432"


@dataclass(frozen=True)
class Places:
    """The paths under one data folder. Two folders are two portals apart from each other."""

    data: Path

    @classmethod
    def from_environment(cls, below: str = "") -> "Places":
        """The data folder of this checkout, or a folder `below` it with servers of its own."""
        folder = Path(os.environ.get("DATA_FOLDER") or ROOT / ".data")
        return cls(folder.resolve() / below)

    @property
    def postgres(self) -> Path:
        return self.data / "postgres"

    @property
    def valkey(self) -> Path:
        return self.data / "valkey"

    @property
    def state(self) -> Path:
        """Locks and notes about what runs now."""
        return self.data / "run"

    @property
    def logs(self) -> Path:
        return self.data / "log"

    @property
    def beat(self) -> Path:
        return self.data / "beat"

    @property
    def mail(self) -> Path:
        return self.data / "mail"

    @property
    def files(self) -> Path:
        """What people upload."""
        return self.data / "files"

    @property
    def sockets(self) -> Path:
        """The folder of the servers' sockets: in the data folder, or a short private one."""
        longest = self.state / POSTGRES_SOCKET
        if len(os.fsencode(longest)) <= LONGEST_SOCKET_PATH:
            return self.state
        name = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"trellis-{os.getuid()}-{name}"

    def prepare(self) -> None:
        """Make the folders. Raises Trouble when something else is in the way."""
        if self.data.exists() and not self.data.is_dir():
            raise Trouble(
                f"{self.data} is a file, and the portal keeps its data in a folder of that name.\n"
                "Move the file away, then start again."
            )
        try:
            for folder in (self.data, self.state, self.logs, self.beat, self.mail):
                folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.state, buffering=0) as probe:
                probe.write(b"x" * 4096)
            self.sockets.mkdir(mode=0o700, exist_ok=True)
        except FileExistsError as error:
            raise Trouble(
                f"{error.filename} is a file where a folder belongs.\n"
                "Move the file away, then start again."
            ) from error
        except OSError as error:
            raise from_os_error(error, f"write in {self.data}") from error
        owner = self.data.stat().st_uid
        if owner != os.getuid():
            raise Trouble(
                f"{self.data} belongs to another user (number {owner}; you are {os.getuid()}).\n"
                "Start as that user, or set DATA_FOLDER to a folder of your own."
            )
        if self.sockets != self.state:
            _demand_private(self.sockets)
        else:
            self.state.chmod(0o700)


def _demand_private(folder: Path) -> None:
    """Refuse a folder in a shared place that somebody else prepared for us."""
    seen = folder.lstat()
    private = stat.S_ISDIR(seen.st_mode) and stat.S_IMODE(seen.st_mode) & 0o077 == 0
    ours = {os.getuid(), NOBODY} if os.getuid() == 0 else {os.getuid()}  # tether.py
    if not private or seen.st_uid not in ours:
        raise Trouble(
            f"{folder} is not a private folder of yours, so no socket is put there.\n"
            "Remove it, or set DATA_FOLDER to a shorter path."
        )
