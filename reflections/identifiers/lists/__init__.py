"""Word lists, read when the first text is checked: README.md says where they come from."""

from functools import cache
from pathlib import Path


@cache
def listed(name: str) -> frozenset[str]:
    """The lines of <name>.txt: lower case, without accents."""
    return frozenset(
        Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8").split("\n")
    )
