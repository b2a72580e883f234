"""Servers named in the environment: used instead of the embedded ones, and tried before anything.

A wrong address is told here, in words, before the first process is started. Passwords are never
shown.
"""

import re
from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit, urlunsplit

from portal.embedded.trouble import Trouble

SECONDS_TO_ANSWER = 5


def check_database(url: str) -> None:
    """Connect once to DATABASE_URL. Raises Trouble."""
    example = "postgresql://user:password@host:5432/name"
    parts = _split("DATABASE_URL", url, ("postgres", "postgresql"), example)
    if not parts.path.strip("/"):
        raise Trouble(f"DATABASE_URL names no database. It looks like {example}.")
    import psycopg2  # type: ignore[import-untyped]  # here, since the embedded servers' keepers have no use for its 10 MB

    try:
        psycopg2.connect(url, connect_timeout=SECONDS_TO_ANSWER).close()
    except (psycopg2.OperationalError, psycopg2.ProgrammingError) as error:
        raise Trouble(_database_refused(parts, str(error))) from error


def _database_refused(parts: SplitResult, told: str) -> str:
    shown = hide_password(parts)
    name = parts.path.strip("/")
    if "password authentication failed" in told or "no password supplied" in told:
        return (
            f"The database server refuses the user or password of DATABASE_URL ({shown}).\n"
            "Check both; a password's special characters are written as %40 for @, %2F for /."
        )
    if f'database "{name}" does not exist' in told:
        return (
            f'The database server of DATABASE_URL has no database "{name}".\n'
            f"Create it (createdb {name}), or correct the name."
        )
    if "does not exist" in told and "role" in told:
        return (
            f"The database server of DATABASE_URL has no such user ({shown}).\n"
            "Create it (createuser), or correct the name."
        )
    if "could not translate host name" in told:
        return f"There is no machine of the name in DATABASE_URL ({shown}). Correct the name."
    if "timeout expired" in told:
        return (
            f"The database server of DATABASE_URL ({shown}) did not answer within "
            f"{SECONDS_TO_ANSWER} seconds.\nCheck the address, and any firewall between."
        )
    if "Connection refused" in told or "No such file or directory" in told:
        return (
            f"No database server answers at DATABASE_URL ({shown}).\n"
            "Start it, correct the address, or unset DATABASE_URL to use the embedded one."
        )
    lines = told.strip().splitlines() or ["no reason given"]
    return f"DATABASE_URL ({shown}) cannot be used: {lines[-1].strip()}"


def check_broker(variable: str, url: str) -> None:
    """Connect once to REDIS_URL or BROKER_URL. Raises Trouble."""
    if variable == "BROKER_URL" and url.startswith(("amqp://", "amqps://")):
        _check_amqp(url)
        return
    schemes = ("redis", "rediss", "unix")
    parts = _split(variable, url, schemes, "redis://:password@host:6379/0")
    import redis

    try:
        with redis.Redis.from_url(
            url,
            socket_connect_timeout=SECONDS_TO_ANSWER,
            socket_timeout=SECONDS_TO_ANSWER,
        ) as client:
            client.ping()
    except ValueError as error:
        raise Trouble(f"{variable} cannot be read: {error}.") from error
    except redis.AuthenticationError as error:
        raise Trouble(
            f"The server of {variable} ({hide_password(parts)}) refuses the password. Check it."
        ) from error
    except (redis.RedisError, OSError) as error:
        raise Trouble(
            f"No Redis or Valkey answers at {variable} ({hide_password(parts)}).\n"
            f"Start it, correct the address, or unset {variable} to use the embedded one."
        ) from error


def _check_amqp(url: str) -> None:
    import kombu

    parts = urlsplit(url)
    try:
        with kombu.Connection(url, connect_timeout=SECONDS_TO_ANSWER) as connection:
            connection.ensure_connection(max_retries=1, timeout=SECONDS_TO_ANSWER)
    except Exception as error:  # kombu lets its transports' own errors through
        raise Trouble(
            f"No RabbitMQ answers at BROKER_URL ({hide_password(parts)}).\n"
            "Start it, correct the address or password, or unset BROKER_URL."
        ) from error


def hide_password(parts: SplitResult) -> str:
    """The address as it may be shown: no password in it, not as a parameter either."""
    netloc = re.sub(r":[^:@]*@", ":***@", parts.netloc)
    query = re.sub(r"(?i)(password=)[^&]*", r"\1***", parts.query)
    return urlunsplit((parts.scheme, netloc, parts.path, query, ""))


def _split(variable: str, url: str, schemes: tuple[str, ...], example: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  raises when it is no number
    except ValueError as error:
        raise Trouble(
            f"{variable} cannot be read ({error}). It looks like {example}; a password's special "
            "characters are written as %40 for @, %2F for /."
        ) from error
    if parts.scheme not in schemes:
        raise Trouble(
            f"{variable} begins with {parts.scheme or 'nothing'}://, not with one of "
            f"{', '.join(schemes)}. It looks like {example}."
        )
    return parts


def same_server_for_all(environment: Mapping[str, str]) -> str | None:
    """The REDIS_URL that a BROKER_URL alone amounts to: its own when it speaks Redis."""
    broker = environment.get("BROKER_URL", "")
    return broker if urlsplit(broker).scheme in ("redis", "rediss", "unix") else None
