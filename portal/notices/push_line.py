"""The way to a push service: https to a public host, and to nowhere else.

Where a browser wants its notices is an address that somebody typed, for all we know: a request to
it must not reach what only this machine can reach. So the name is looked up once, each of its
addresses has to be public, and that very address is called; a redirection is not followed, and
nobody is shown what was answered.
"""

import ipaddress
import socket
import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

SECONDS = 10  # of patience
LONGEST = 1000  # signs of an address


class NotPublic(ValueError):
    """No address of a push service."""


class Away(OSError):
    """Nobody answers there now."""


def checked(endpoint: str) -> SplitResult:
    """The parts of an address that may be one of a push service, by its looks. Raises NotPublic."""
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise NotPublic("no address") from error
    if settings.WEB_PUSH_ANYWHERE:  # tests: a sink on this machine
        return parts
    if parts.scheme != "https" or port not in (None, 443) or parts.username is not None:
        raise NotPublic("https on its usual port, and no name in it")
    if not host.isascii() or "." not in host or len(endpoint) > LONGEST:
        raise NotPublic("no name of a public host")
    if not endpoint.isascii() or any(not sign.isprintable() or sign == " " for sign in endpoint):
        raise NotPublic("strange signs")
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return parts
    raise NotPublic("a number, not a name")


def public_address(host: str, port: int) -> str:
    """The address of a name of which every address is public. Raises NotPublic, or Away."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Away("no such host") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not settings.WEB_PUSH_ANYWHERE and not all(map(_is_public, addresses)):
        raise NotPublic("an address that is not public")
    return addresses[0]


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text)
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return address.is_global and not address.is_multicast and (inner is None or inner.is_global)


class Lines:
    """One connection a host, kept; what does not answer is not called again."""

    def __init__(self) -> None:
        self._open: dict[str, HTTPConnection] = {}
        self._away: set[str] = set()

    def post(self, endpoint: str, content: bytes, headers: Mapping[str, str]) -> int:
        """The status that was answered. Raises NotPublic or Away."""
        parts = checked(endpoint)
        if parts.netloc in self._away:
            raise Away("it did not answer before")
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        kept = self._open.pop(parts.netloc, None)
        try:
            try:
                line = kept or _connect(parts)
                status = _ask(line, path, content, headers)
            except (OSError, HTTPException):
                if kept is None:
                    raise
                kept.close()  # a line that stood open may have been hung up meanwhile
                line = _connect(parts)
                status = _ask(line, path, content, headers)
        except (OSError, HTTPException) as error:
            self._away.add(parts.netloc)
            raise Away("no answer") from error
        self._open[parts.netloc] = line
        return status

    def hang_up(self) -> None:
        for line in self._open.values():
            line.close()
        self._open.clear()


def _ask(line: HTTPConnection, path: str, content: bytes, headers: Mapping[str, str]) -> int:
    line.request("POST", path, content, dict(headers))
    answer = line.getresponse()
    answer.read(10_000)
    if not answer.isclosed():
        line.close()  # more than anybody has to say
    return answer.status


def _connect(parts: SplitResult) -> HTTPConnection:
    host, is_safe = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if is_safe else 80)
    address = public_address(host, port)
    line: HTTPConnection
    if is_safe:
        line = HTTPSConnection(host, port, timeout=SECONDS)
    else:
        line = HTTPConnection(host, port, timeout=SECONDS)
    # By the address that was looked at: the name might mean another one by now.
    plain = socket.create_connection((address, port), SECONDS)
    try:
        line.sock = (
            ssl.create_default_context().wrap_socket(plain, server_hostname=host)
            if is_safe
            else plain
        )
    except OSError:
        plain.close()
        raise
    line.auto_open = 0  # a line that ends is not called anew behind us
    return line
