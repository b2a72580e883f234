"""Importing the expert codes, beside a bare reading of the same file by Python's csv."""

import csv
import time
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from fidelity.models import Review
from portal.home.demo.people import AGENCY
from portal.home.demo.reviews import codes_file
from tests.bench.table import Figure, Table

SECONDS = 10.0  # issue 2


def measure(table: Table) -> None:
    """Import anew, and import again what is there: seconds, and as a multiple of bare reading."""
    path = codes_file()
    if path is None:
        print("\nThe expert codes are not here: their import was not measured.")
        return
    table.title("Importing the expert codes")
    bare = seconds(lambda: read(path))
    Review.objects.exclude(recording=None).delete()
    for words in ("import_codes, anew", "import_codes, again"):
        took = seconds(
            lambda: call_command("import_codes", str(path), agency=AGENCY, stdout=StringIO())
        )
        table.add(Figure(words, took, "s", SECONDS, f"{took / bare:.1f} x reading the file alone"))


def read(path: Path) -> int:
    with path.open(newline="", encoding="utf-8") as file:
        return sum(1 for _ in csv.DictReader(file))


def seconds(act) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
