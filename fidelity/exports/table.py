"""A table that leaves the portal, and what each of its columns means. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

Cell = str | int | float | date | None
# What a spreadsheet would run where a cell's text begins so (also after what it skips).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Column:
    """`name` stands in the file's first line and never changes; `means` is for the codebook."""

    name: str
    kind: str
    means: str


@dataclass(frozen=True)
class Table:
    title: str
    columns: list[Column]
    rows: Iterable[tuple[Cell, ...]]
    notes: list[str]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


def safe(cell: Cell) -> Cell:
    """The cell, with an apostrophe before a text that a spreadsheet would run. A number is none."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA):
        return f"'{cell}"
    return cell
