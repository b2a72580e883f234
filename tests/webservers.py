"""The portal's own web server and queue on the test's own database, to be killed."""

import os
import signal
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings

from portal.embedded import binaries, stack
from tests.workers import ROOT, address_of_the_test_database


class WebServer:
    """Gunicorn as `./run` starts it. Its socket is this test's: whoever connects while no process
    lives waits for the next one, or is cut off with the one that dies."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.address = f"127.0.0.1:{self.socket.getsockname()[1]}"
        self.folder = tempfile.TemporaryDirectory()
        self.queue: subprocess.Popen[bytes] | None = None
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        descriptor = self.socket.fileno()
        environment = os.environ | {
            "DEBUG": "0",
            "SECRET_KEY": settings.SECRET_KEY,
            "PUBLIC_URL": f"http://{self.address}",
            "EMAIL_URL": "smtp://127.0.0.1:1",
            "LOG_LEVEL": "ERROR",
            "DATABASE_URL": address_of_the_test_database(),
            "REDIS_URL": f"unix://{self.folder.name}/queue?db=0",
            "BROKER_URL": "",
        }
        self.process = subprocess.Popen(
            stack.web(descriptor), cwd=ROOT, env=environment, pass_fds=[descriptor],
            start_new_session=True, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def start_queue(self) -> None:
        options = {"--port": "0", "--unixsocket": f"{self.folder.name}/queue", "--save": ""}
        words = [word for option in options.items() for word in option]
        command = [binaries.valkey(), *words, "--dir", self.folder.name]
        self.queue = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def stop_queue(self) -> None:
        if self.queue:
            self.queue.kill()
            self.queue.wait()

    def children(self) -> list[int]:
        """Gunicorn's workers: each answers with several threads."""
        assert self.process
        pid = self.process.pid
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def kill_a_worker(self) -> int:
        """Kill one without a word to it; how many there were."""
        workers = self.children()
        for pid in workers[:1]:
            os.kill(pid, signal.SIGKILL)
        return len(workers[:1])

    def kill(self) -> None:
        """Pull the plug: all of it, at once."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def __enter__(self) -> "WebServer":
        self.start_queue()
        self.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.kill()
        self.stop_queue()
        self.socket.close()
        self.folder.cleanup()
