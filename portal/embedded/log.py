"""One readable log: every line says whose it is."""

import sys
from typing import TextIO

WIDTH = 8
COLOURS = {"trellis": 1, "web": 36, "worker": 32, "beat": 35, "postgres": 34, "valkey": 33}


class Log:
    """Writes labelled lines. Colour on a terminal only, so that a file stays plain."""

    def __init__(self, out: TextIO | None = None) -> None:
        self.out = out or sys.stdout
        self.coloured = self.out.isatty()

    def __call__(self, label: str, text: str) -> None:
        """Write each line of `text` under `label`."""
        shown = f"{label:<{WIDTH}}"
        if self.coloured:
            shown = f"\033[{COLOURS.get(label, 37)}m{shown}\033[0m"
        for line in text.splitlines():
            try:
                print(f"{shown} | {line}", file=self.out, flush=True)
            except OSError:  # the terminal is gone; we are being told to stop by other means
                return
