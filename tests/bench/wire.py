"""The line between a browser and our server, with a meter in it.

What a page's worker asks for by itself goes over it too, which the page's own list of requests
does not show.
"""

import socket
import time

from tests.browser.line import Line

QUIET, PATIENCE = 0.4, 30.0  # seconds without a byte; and how long those are waited for
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
        """Until all is answered and nothing more is said. Raises RuntimeError when that takes too
        long."""
        given_up = time.monotonic() + PATIENCE
        while self.answers < self.requests or time.monotonic() - self.last < QUIET:
            if time.monotonic() > given_up:
                raise RuntimeError("The page goes on asking.")
            time.sleep(0.05)
