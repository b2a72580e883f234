"""Opening a text file that somebody hands us: each fault in plain words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from fidelity.imports.codes import CannotRead

LARGEST = 100 * 1024 * 1024  # bytes: seventy times the real file


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """The file as UTF-8 text, with or without a byte order mark. Raises CannotRead."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise CannotRead(
                f"The file has {size / 1024 / 1024:.0f} MB, and a file of codes has at most 100. "
                "Check that it is the right one."
            )
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield file
    except FileNotFoundError as why:
        raise CannotRead("There is no such file. Check the path.") from why
    except IsADirectoryError as why:
        raise CannotRead("That is a folder. Give the path of the file in it.") from why
    except PermissionError as why:
        raise CannotRead("The file may not be read. Check its permissions.") from why
    except UnicodeDecodeError as why:
        raise CannotRead(
            f"Line {_line_of(path, why)} is not UTF-8 text. Save the file with the encoding "
            "UTF-8 and run this again."
        ) from why


def _line_of(path: Path, fault: UnicodeDecodeError) -> int:
    """The line with the first byte that is not UTF-8 (a decoder knows its chunk, not the line)."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return 1
