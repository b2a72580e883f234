"""python manage.py import_codes PATH [--agency NAME]"""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fidelity.imports.codes import CannotRead, read
from fidelity.imports.files import opened
from fidelity.imports.store import Stored, store
from portal.agencies.models import Agency

SHOWN = 20  # bad lines, before only their number is said


class Progress:
    """A bar that redraws itself on a terminal; elsewhere one line at the end."""

    width = 30

    def __init__(self, path: Path, out: Any) -> None:
        self.out = out
        self.live = out.isatty()
        with path.open("rb") as file:
            self.lines = max(1, sum(1 for _ in file))
        self.drawn = -1

    def __call__(self, line: int) -> None:
        if not self.live:
            return
        full = min(self.width, self.width * line // self.lines)
        if full != self.drawn:
            self.drawn = full
            bar = "#" * full + "." * (self.width - full)
            self.out.write(f"\rReading  [{bar}] {line:,} of {self.lines:,} lines", ending="")
            self.out.flush()

    def close(self) -> None:
        if self.live and self.drawn >= 0:
            self.out.write("")


class Command(BaseCommand):
    help = (
        "Read expert codes of recorded conversations: one review per conversation and annotator. "
        "Safe to run again: only what changed is written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH", help="the file of codes (CSV)")
        parser.add_argument(
            "--agency",
            default="",
            metavar="NAME",
            help="whose supervisors, coaches and admins see the codings "
            "(the agency that was set up first, unless named)",
        )

    def handle(self, *, path: Path, agency: str, **options: Any) -> None:
        began = time.monotonic()
        owner = agency_named(agency)
        try:
            with opened(path) as file:
                progress = Progress(path, self.stdout)
                try:
                    codings = read(file, on_row=progress)
                finally:
                    progress.close()
            stored = store(codings, owner)
        except CannotRead as why:
            raise CommandError(words_of(path, why)) from why
        self.stdout.write(sentence(stored, owner, time.monotonic() - began))


def agency_named(name: str) -> Agency:
    """The agency of that name, or the one that was set up first."""
    agencies = Agency.objects.order_by("pk")
    found = agencies.filter(name__iexact=name).first() if name else agencies.first()
    if found:
        return found
    if not name:
        raise CommandError("There is no agency yet. Start the portal with ./run, or add one.")
    names = ", ".join(agencies.values_list("name", flat=True)) or "none yet"
    raise CommandError(f'There is no agency "{name}". Choose one of: {names}.')


def words_of(path: Path, why: CannotRead) -> str:
    """What is wrong with the file, line by line, and what to do; nothing was stored."""
    lines = [f"{path.name} was not imported, and nothing was changed.", why.reason]
    lines += [f"  {bad}" for bad in why.lines[:SHOWN]]
    if len(why.lines) > SHOWN:
        lines.append(f"  and {len(why.lines) - SHOWN:,} more.")
    return "\n".join(lines)


def sentence(stored: Stored, agency: Agency, seconds: float) -> str:
    said = (
        f"{stored.total:,} codings for {agency}: {stored.new:,} new, {stored.changed:,} changed, "
        f"{stored.unchanged:,} unchanged ({seconds:.1f} s)."
    )
    if stored.absent:
        said += f" {stored.absent:,} from earlier are not in this file; they stay."
    return said
