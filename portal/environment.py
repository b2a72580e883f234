"""Read settings from the environment, and fail in plain words when one is missing or strange."""

import base64
import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


class CannotStart(ImproperlyConfigured):
    """Variables are missing or strange. The text says which, and what to write."""


class Environment:
    """The variables of one process. Problems are gathered, so that one start names them all."""

    def __init__(self, variables: Mapping[str, str] = os.environ) -> None:
        self.variables = variables
        self.problems: list[str] = []

    def text(self, name: str, default: str | None = None) -> str:
        """The variable's text; without it `default`, and without a default a problem."""
        value = self.variables.get(name, "").strip()
        if value:
            return value
        if default is None:
            self.problems.append(f"{name} is not set.")
            return ""
        return default

    def flag(self, name: str, default: bool = False) -> bool:
        """1 or 0, true or false, yes or no, on or off."""
        value = self.text(name, "1" if default else "0").lower()
        if value in {"1", "true", "yes", "on"}:
            return True
        if value not in {"0", "false", "no", "off"}:
            self.problems.append(f"{name} is {value!r}: write 1 or 0.")
        return False

    def number(self, name: str, default: int) -> int:
        """A whole number of at least nought."""
        value = self.text(name, str(default))
        if not value.isdecimal():
            self.problems.append(f"{name} is {value!r}: write a whole number.")
            return default
        return int(value)

    def database(self, name: str) -> dict[str, Any]:
        """A PostgreSQL URL as Django's DATABASES wants it.

        `postgresql://user:password@host:5432/name`, or for a unix socket
        `postgresql://user@/name?host=/folder`. Further parameters of the query go to libpq.
        """
        url = self.text(name)
        if not url:
            return {}
        parts = urlsplit(url)
        try:
            port = parts.port
        except ValueError:
            port = -1
        database = unquote(parts.path.lstrip("/"))
        if parts.scheme not in {"postgresql", "postgres"} or not database or port == -1:
            self.problems.append(
                f"{name} is not a PostgreSQL address:"
                " write postgresql://user:password@host:5432/name."
            )
            return {}
        options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": database,
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
            "PORT": str(port or options.pop("port", "")),
            "OPTIONS": options,
        }

    def broker(self, name: str, default: str) -> str:
        """A broker's URL as Celery writes it: `unix://` for Redis becomes `redis+socket://`.

        A certificate is checked, as redis-py does by itself and Celery does not: with
        `ssl_ca_certs` in the URL against that file, else against the system's.
        """
        url = self.text(name, default)
        scheme, _, rest = url.partition("://")
        if scheme == "unix":
            return "redis+socket://" + rest.replace("?db=", "?virtual_host=")
        if scheme == "rediss" and "ssl_cert_reqs=" not in url:
            return f"{url}{'&' if '?' in url else '?'}ssl_cert_reqs=required"
        if url and scheme not in {"redis", "rediss", "redis+socket", "amqp", "amqps"}:
            self.problems.append(
                f"{name} starts with {scheme!r}: write a redis://, rediss://, unix://"
                " or amqp:// address. Files, SQL and memory lose work when a worker dies."
            )
        return url

    def mail(self, name: str) -> dict[str, Any]:
        """`smtp://user:password@host:587?tls=1` (or `ssl=1`) as Django's EMAIL_* settings."""
        url = self.text(name, "")
        if not url:
            return {}
        parts = urlsplit(url)
        options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        if parts.scheme != "smtp" or not parts.hostname:
            self.problems.append(f"{name} is not a mail server: write smtp://host:587?tls=1.")
            return {}
        return {
            "EMAIL_HOST": parts.hostname,
            "EMAIL_PORT": parts.port or 25,
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_TLS": options.get("tls") == "1",
            "EMAIL_USE_SSL": options.get("ssl") == "1",
        }

    def address(self, name: str, default: str | None = None) -> tuple[str, str]:
        """A web address as (origin without a slash at its end, host)."""
        url = self.text(name, default).rstrip("/")
        parts = urlsplit(url)
        if url and (parts.scheme not in {"http", "https"} or not parts.hostname):
            self.problems.append(f"{name} is {url!r}: write https://portal.example.org.")
        return url, parts.hostname or ""

    def key(self, name: str) -> str:
        """32 octets in base64url, or nothing."""
        value = self.text(name, "").rstrip("=")
        try:
            octets = base64.b64decode(
                value + "=" * (-len(value) % 4), altchars=b"-_", validate=True
            )
        except ValueError:
            octets = b""
        if value and (len(octets) != 32 or not any(octets)):
            self.problems.append(f"{name} is no key: write 32 octets in base64url.")
            return ""
        return value

    def stop_on_problems(self) -> None:
        """Raise CannotStart with every problem found, one a line."""
        if self.problems:
            listed = "\n".join(f"  - {problem}" for problem in self.problems)
            raise CannotStart(
                f"Trellis cannot start:\n{listed}\nEvery variable is explained in .env.example."
            )
