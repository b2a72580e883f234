"""Where the expert codes lie: a folder named `shared` beside the project, or above it, or the one
that TRELLIS_SHARED names. They are not copied into the project."""

import os
from pathlib import Path

import pytest

NAME = Path("data/annomi-codes.csv")


def path() -> Path:
    """The file; skips the test, saying why, where it is not."""
    root = Path(__file__).resolve().parents[3]
    folders = [parent / "shared" for parent in root.parents]
    if named := os.environ.get("TRELLIS_SHARED"):
        folders.insert(0, Path(named))
    for folder in folders:
        if (folder / NAME).is_file():
            return folder / NAME
    pytest.skip(
        f"The expert codes ({NAME}) are not here: put them in a folder `shared` beside the "
        "project, or say in TRELLIS_SHARED which folder has them."
    )
