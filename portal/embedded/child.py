"""One long-lived program of ours: its lines go to the log, and it is started again when it dies."""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from portal.embedded.log import Log
from portal.embedded.places import ROOT
from portal.embedded.processes import tethered

LONGEST_PAUSE = 30.0  # seconds before a program that keeps dying is started once more
STEADY = 60.0  # seconds after which a death counts as the first again


@dataclass
class Child:
    """A program, how to stop it, and for how many seconds it may finish what it has begun."""

    label: str
    command: Sequence[str | Path]
    environment: Mapping[str, str]
    log: Log
    descriptors: Sequence[int] = ()
    grace: float = 30
    when_we_die: signal.Signals = signal.SIGTERM
    process: asyncio.subprocess.Process | None = field(default=None, init=False)
    stopping: bool = field(default=False, init=False)
    deaths: int = field(default=0, init=False)
    started: Callable[[], None] | None = field(default=None, init=False)

    async def run(self) -> None:
        """Run it until `stop`, starting it again after a pause that grows with every death."""
        pause = 1.0
        while not self.stopping:
            began = time.monotonic()
            code = await self.run_once()
            if self.stopping:
                return
            if time.monotonic() - began > STEADY:
                pause, self.deaths = 1.0, 0
            self.deaths += 1
            how = f"was ended by {_name(-code)}" if code < 0 else f"ended with code {code}"
            self.log("trellis", f"{self.label} {how}; starting it again in {pause:.0f} s.")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def run_once(self) -> int:
        """Run it to its end and return its code, negative for a signal."""
        self.process = await asyncio.create_subprocess_exec(
            *tethered(self.command, on_death=self.when_we_die),
            cwd=ROOT,
            env=dict(self.environment),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            pass_fds=tuple(self.descriptors),
            start_new_session=True,  # Ctrl-C is for us: we stop the programs in their order
        )
        if self.started is not None:
            self.started()
        lines = asyncio.create_task(self._copy_lines())
        code = await self.process.wait()
        self._end_group()  # what it started does not outlive it
        await lines
        return code

    async def _copy_lines(self) -> None:
        assert self.process is not None and self.process.stdout is not None
        rest = b""
        while data := await self.process.stdout.read(65536):
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                self.log(self.label, line.decode(errors="replace"))
        self.log(self.label, rest.decode(errors="replace"))

    async def stop(self) -> None:
        """Ask it to finish, wait, then end it."""
        self.stopping = True
        process = self.process
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), self.grace)
        except TimeoutError:
            self.log("trellis", f"{self.label} did not finish in {self.grace:.0f} s; ending it.")
            self.kill()
            await process.wait()

    def kill(self) -> None:
        """End it and whatever it started, now."""
        self.stopping = True
        if self.process is not None and self.process.returncode is None:
            self._end_group()

    def _end_group(self) -> None:
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
