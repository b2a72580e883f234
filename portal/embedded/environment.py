"""What the launcher tells its children through their environment, and nothing by any other way."""

import base64
import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from portal.embedded import addresses, postgres, valkey
from portal.embedded.places import Places
from portal.embedded.servers import Hold, using


@dataclass(frozen=True)
class Surroundings:
    """The environment for children, and the embedded servers held while it is used."""

    environment: dict[str, str]
    holds: list[Hold]


@contextmanager
def surroundings(places: Places) -> Iterator[Surroundings]:
    """Check the servers that the environment names, start those it does not. Raises Trouble."""
    environment = dict(os.environ)
    if not environment.get("REDIS_URL") and (url := addresses.same_server_for_all(environment)):
        environment["REDIS_URL"] = url
    if url := environment.get("DATABASE_URL"):
        addresses.check_database(url)
    for variable in ("REDIS_URL", "BROKER_URL"):
        if url := environment.get(variable):
            addresses.check_broker(variable, url)
    places.prepare()
    missing = {"postgres": "DATABASE_URL", "valkey": "REDIS_URL"}
    names = tuple(name for name, variable in missing.items() if not environment.get(variable))
    with ExitStack() as stack:
        holds = stack.enter_context(using(places, names)) if names else []
        if "postgres" in names:
            environment["DATABASE_URL"] = postgres.url(places)
        if "valkey" in names:
            environment["REDIS_URL"] = valkey.url(places)
        environment.setdefault("DEBUG", "1")
        environment.setdefault("SECRET_KEY", secret_key(places))
        environment.setdefault("WEB_PUSH_PRIVATE_KEY", web_push_key(places))
        environment.setdefault("MAIL_FOLDER", str(places.mail))
        environment.setdefault("FILES_FOLDER", str(places.files))
        environment.setdefault("PYTHONUNBUFFERED", "1")
        yield Surroundings(environment, holds)


def secret_key(places: Places) -> str:
    """The key that signs sessions here: made once, readable by its owner only."""
    return _kept(places.data / "secret_key", secrets.token_urlsafe(50), least=50)


def web_push_key(places: Places) -> str:
    """The key by which push services know this portal; made once, since browsers subscribe to it.

    A number from 1 to one less than the order of P-256, of which nearly every 256 bits are one.
    """
    octets = (1 + secrets.randbelow(2**255)).to_bytes(32, "big")
    made = base64.urlsafe_b64encode(octets).decode().rstrip("=")
    return _kept(places.data / "web_push_key", made, least=43)


def _kept(path: Path, made: str, *, least: int) -> str:
    """What stands in the file; what was made, once it stands there."""
    try:
        kept = path.read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        kept = ""
    if len(kept) >= least:
        return kept
    new = path.with_name(f"{path.name}.new-{os.getpid()}")
    new.unlink(missing_ok=True)
    new.touch(mode=0o600)
    new.write_text(made, encoding="ascii")
    new.replace(path)
    return made
