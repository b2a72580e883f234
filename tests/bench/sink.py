"""A mail server of its own process, which takes everything and keeps nothing."""

import logging
import socket
import subprocess
import sys
from typing import Any

from aiosmtpd.controller import Controller


class Sink:
    """`with Sink() as sink: sink.url`; then `sink.taken` tells how many mails it was given."""

    def __enter__(self) -> "Sink":
        words = [sys.executable, "-m", "tests.bench.sink"]
        self.process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout
        self.url = f"smtp://127.0.0.1:{self.process.stdout.readline().strip()}"
        return self

    def __exit__(self, *_: Any) -> None:
        self.taken = int(self.process.communicate()[0])


class Counting:
    taken = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken += 1
        return "250 taken"


def serve() -> None:
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    counting = Counting()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(counting, hostname="127.0.0.1", port=port)
    controller.start()
    print(port, flush=True)
    sys.stdin.read()  # until the bench is done
    controller.stop()
    print(counting.taken)


if __name__ == "__main__":
    serve()
