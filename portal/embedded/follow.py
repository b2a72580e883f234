"""The servers' own logs, shown where they report a fault."""

import asyncio
from pathlib import Path

from portal.embedded.log import Log

SECONDS_BETWEEN_LOOKS = 0.5
SHOWN = (b"WARNING", b"ERROR", b"FATAL", b"PANIC", b" # ")
# Valkey's advice about the machine, its farewell; a page that was closed early.
HIDDEN = (b"overcommit", b"ready to exit", b"connection to client lost")


async def follow(label: str, path: Path, log: Log) -> None:
    """Copy the faults that are written to `path` from now on, until cancelled."""
    place = path.stat().st_size if path.exists() else 0
    while True:
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        size = path.stat().st_size if path.exists() else 0
        if size < place:  # begun anew
            place = 0
        if size == place:
            continue
        with path.open("rb") as file:
            file.seek(place)
            *lines, rest = file.read(size - place).split(b"\n")
        place = size - len(rest)
        for line in lines:
            if any(sign in line for sign in SHOWN) and not any(sign in line for sign in HIDDEN):
                log(label, line.decode(errors="replace"))
