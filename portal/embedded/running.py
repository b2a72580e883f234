"""The running portal: its programs, watched until somebody asks it to stop."""

import asyncio
import contextlib
import signal
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from portal.embedded.child import Child
from portal.embedded.log import Log
from portal.embedded.servers import Hold
from portal.embedded.trouble import Trouble

SECONDS_TO_FIRST_PAGE = 120
SECONDS_BETWEEN_LOOKS = 1.0
DEATHS_BEFORE_FIRST_PAGE = 3
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Answer = TypeVar("Answer")


class Stopped(Exception):
    """Somebody asked us to stop."""


class Running:
    """The programs, in the order in which they are stopped, and the signals that stop them."""

    def __init__(self, log: Log, on_change: Callable[[list[int]], None]) -> None:
        """`on_change` hears the process ids whenever one was started."""
        self.log = log
        self.on_change = on_change
        self.children: list[Child] = []
        self.tasks: list[asyncio.Task[None]] = []
        self.asked = asyncio.Event()
        for sign in STOPPING:
            asyncio.get_running_loop().add_signal_handler(sign, self._ask)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)  # a start holds them until now

    def _ask(self) -> None:
        if not self.asked.is_set():
            self.asked.set()
            self.log("trellis", "Stopping: what was begun is finished first.")
            return
        self.log("trellis", "Asked twice: ending everything now.")
        for child in self.children:
            child.kill()

    def start(self, child: Child) -> None:
        child.started = self._started
        self.children.append(child)
        self.tasks.append(asyncio.create_task(child.run()))

    def _started(self) -> None:
        processes = [child.process for child in self.children if child.process is not None]
        self.on_change([process.pid for process in processes if process.returncode is None])

    async def step(
        self, label: str, command: Sequence[str | Path], environment: Mapping[str, str]
    ) -> int:
        """Run a program to its end and return its code. Raises Stopped."""
        child = Child(label, command, environment, self.log, grace=5)
        self.children.append(child)
        try:
            return await self._or_stopped(child.run_once())
        finally:
            await child.stop()
            self.children.remove(child)

    async def first_page(self, host: str, port: int) -> None:
        """Wait until the web server answers. Raises Trouble when it does not, or Stopped."""
        await self._or_stopped(self._first_page(host, port))

    async def _first_page(self, host: str, port: int) -> None:
        deadline = time.monotonic() + SECONDS_TO_FIRST_PAGE
        while time.monotonic() < deadline:
            status = 0
            with contextlib.suppress(OSError, TimeoutError, ValueError, IndexError):
                status = await asyncio.wait_for(_status(host, port), 5)
            if 0 < status < 500:
                return
            if status:
                raise Trouble(f"The first page fails (code {status}): the lines above tell why.")
            self._raise_faults()
            if any(child.deaths >= DEATHS_BEFORE_FIRST_PAGE for child in self.children):
                raise Trouble("The portal does not start: the lines above tell why.")
            await asyncio.sleep(0.1)
        raise Trouble(f"No page was answered within {SECONDS_TO_FIRST_PAGE} seconds.")

    async def until_asked_to_stop(self, holds: Sequence[Hold]) -> None:
        """Wait for a signal; meanwhile see to it that the servers stay. Raises Trouble."""
        while not self.asked.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.asked.wait(), SECONDS_BETWEEN_LOOKS)
            self._raise_faults()
            for hold in holds:
                if not hold.is_kept() and not self.asked.is_set():
                    self.log("trellis", f"{hold.name} was ended; starting it again.")
                    hold.attach()

    def _raise_faults(self) -> None:
        """Bring up what went wrong while looking after a program, such as a full disk."""
        for task in self.tasks:
            if task.done() and not task.cancelled() and (fault := task.exception()):
                raise fault

    async def stop(self) -> None:
        """Stop the programs one after the other, in their order."""
        for child in self.children:
            await child.stop()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def _or_stopped(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        task = asyncio.create_task(work)
        stop = asyncio.create_task(self.asked.wait())
        try:
            await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                raise Stopped
            return task.result()
        finally:
            stop.cancel()
            if not task.done():
                for child in self.children:
                    child.kill()
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)


async def _status(host: str, port: int) -> int:
    """The status of the first page, as a browser on this machine would get it."""
    reader, writer = await asyncio.open_connection(host, port)
    try:
        request = f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
        writer.write(request.encode())
        await writer.drain()
        return int((await reader.readline()).split()[1])
    finally:
        writer.close()
