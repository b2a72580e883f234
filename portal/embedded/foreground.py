"""Running one program in our place: same terminal, same signals, its exit code ours."""

import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

from portal.embedded.places import ROOT
from portal.embedded.servers import Hold


def run(
    command: Sequence[str | Path],
    environment: Mapping[str, str],
    holds: Sequence[Hold] = (),
) -> int:
    """Run it to its end. Ctrl-C reaches it through the terminal; we wait for it all the same."""
    descriptors = [hold.descriptor for hold in holds if hold.descriptor is not None]
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process = subprocess.Popen(
            [*map(str, command)],
            cwd=ROOT,
            env=dict(environment),
            pass_fds=descriptors,  # the servers stay until it has ended, whatever becomes of us
            restore_signals=True,
            preexec_fn=_take_interrupts,  # no threads here
        )
        passed_on = {}

        def pass_on(sign: int, _frame: FrameType | None) -> None:
            process.send_signal(sign)

        for sign in (signal.SIGTERM, signal.SIGHUP):
            passed_on[sign] = signal.signal(sign, pass_on)
        code = process.wait()
        for sign, handler in passed_on.items():
            signal.signal(sign, handler)
    finally:
        signal.signal(signal.SIGINT, before)
    return 128 - code if code < 0 else code


def _take_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
