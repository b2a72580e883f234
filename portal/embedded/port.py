"""The web server's socket: opened here and handed down, so that no one can take it in between."""

import errno
import socket

from portal.embedded.trouble import Trouble

FIRST = 8000
TRIES = 100


def listen(host: str, asked: str | None) -> socket.socket:
    """A listening socket on the `asked` port, or else on the first free one from 8000 up.

    Raises Trouble when the one that was asked for cannot be had.
    """
    if asked:
        return _asked_for(host, asked)
    for port in range(FIRST, FIRST + TRIES):
        try:
            return _open(host, port)
        except PermissionError:
            raise
        except OSError as error:
            if error.errno != errno.EADDRINUSE:  # the next port would not help
                raise Trouble(
                    f"HOST is {host!r}, where nothing can listen here ({error.strerror}).\n"
                    "Set it to an address of this machine (0.0.0.0 for all), or leave it out."
                ) from error
            last = error
    raise Trouble(
        f"Every port from {FIRST} to {FIRST + TRIES - 1} on {host} is taken ({last.strerror}).\n"
        "Stop what uses them, or name another: PORT=9000 ./run"
    )


def _asked_for(host: str, asked: str) -> socket.socket:
    if not asked.isdigit() or not 0 < int(asked) < 65536:
        raise Trouble(f"PORT is {asked!r}. Set it to a number from 1 to 65535.")
    try:
        return _open(host, int(asked))
    except PermissionError as error:
        raise Trouble(
            f"Port {asked} needs rights that you do not have. Choose one above 1023."
        ) from error
    except OSError as error:
        raise Trouble(
            f"Port {asked} on {host} cannot be used: {error.strerror}.\n"
            "Choose another, or leave PORT out and the next free one is taken."
        ) from error


def _open(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(128)
    except BaseException:
        made.close()
        raise
    return made
