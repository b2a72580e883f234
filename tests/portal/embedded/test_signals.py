"""What asks the portal to stop while its event loop is being built."""

import subprocess
import sys

from portal.embedded.places import ROOT

ASKED_IN_THE_GAP = """
import asyncio, os, signal
from portal.embedded.commands.start import _hold_signals
from portal.embedded.running import Running

async def run():
    running = Running(lambda *said: None, lambda pids: None)
    await asyncio.wait_for(running.asked.wait(), 10)
    print("asked to stop")

signal.signal(signal.SIGTERM, signal.default_int_handler)
_hold_signals()
os.kill(os.getpid(), signal.SIGTERM)
asyncio.run(run())
"""


def test_a_signal_before_the_programs_are_watched_stops_them_all_the_same():
    asked = subprocess.run(
        [sys.executable, "-c", ASKED_IN_THE_GAP],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert asked.stdout == "asked to stop\n", asked.stderr
    assert asked.returncode == 0
