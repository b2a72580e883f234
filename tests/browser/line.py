"""The line between a browser and our server, to be cut and mended. Every request over it fails
then, also the worker's and one that outlives its page: a browser's own "offline" lets some by."""

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit


class Line:
    """Passes on what comes to `url`, until it is cut; mended, at the same address again."""

    def __init__(self, server: str) -> None:
        parts = urlsplit(server)
        self.server = (parts.hostname or "", parts.port or 80)
        self.here = ("127.0.0.1", 0)
        self.open: list[socket.socket] = []
        self.mend()
        self.url = f"http://localhost:{self.here[1]}"

    def mend(self) -> None:
        listening = socket.create_server(self.here)
        self.here = listening.getsockname()
        self.open = [listening]
        threading.Thread(target=self._listen, args=[listening], daemon=True).start()

    def cut(self) -> None:
        for each in self.open:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _listen(self, listening: socket.socket) -> None:
        with suppress(OSError):  # it was cut
            while True:
                near, _address = listening.accept()
                far = socket.create_connection(self.server)
                self.open += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=[one, other], daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while some := one.recv(65536):
                self.carry(some, other)
        with suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)

    def carry(self, some: bytes, other: socket.socket) -> None:
        """Hand on what came; a line that counts looks at it here."""
        other.sendall(some)
