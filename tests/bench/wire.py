"""The line between a browser and our server, with a meter in it.

What a page's worker asks for by itself goes over it too, which the page's own list of requests
does not show.
"""

import socket
import time

from tests.browser.line import Line

QUIET, WAITS = 0.3, 2.0  # seconds without a byte: when all is answered, and when not
PATIENCE = 30.0  # seconds; no page of ours talks for so long
METHODS = (b"GET ", b"POST ", b"HEAD ")


class Wire(Line):
    """Counts the bytes that the server sends, headers included, and the requests it answers."""

    def __init__(self, server: str) -> None:
        self.forget()
        super().__init__(server)
        self.url = f"http://127.0.0.1:{self.here[1]}"  # the name that production is told

    def forget(self) -> None:
        self.kilobytes, self.requests, self.answers = 0.0, 0, 0
        self.last = time.monotonic()

    def carry(self, some: bytes, other: socket.socket) -> None:
        self.last = time.monotonic()
        if other.getpeername() == self.server:
            self.requests += some.startswith(METHODS)  # a browser waits before it asks again
        else:
            self.answers += some.startswith(b"HTTP/1.")
            self.kilobytes += len(some) / 1024
        super().carry(some, other)

    def rest(self) -> None:
        """Until nothing more is said; for a while longer while something that was asked has no
        answer. One that met a closing connection never gets it: the browser asks again."""
        given_up = time.monotonic() + PATIENCE
        while (now := time.monotonic()) < given_up:
            if now - self.last > (QUIET if self.answers >= self.requests else WAITS):
                return
            time.sleep(0.05)
        raise RuntimeError("The page goes on asking.")
