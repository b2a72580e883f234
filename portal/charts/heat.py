"""A heat map: a row an item, a column a month. The value stands in each cell; shade only helps."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

LANE, HEAD, GAP = 26.0, 22.0, 6.0  # pixels: a row of cells, its label above it, room below
FOOT = 26.0  # pixels for the columns' labels
STEPS = 5  # shades


class HeatCell(NamedTuple):  # there are hundreds: a dataclass takes four times as long
    """`share` is where the value lies between the ends of its scale, 0 to 1."""

    share: float
    text: str
    label: str
    url: str = ""


@dataclass(frozen=True)
class HeatRow:
    """An item; None where there is nothing in a column."""

    label: str
    cells: Sequence[HeatCell | None]


class Placed(NamedTuple):
    x: float  # percent
    y: float  # pixels
    width: float  # percent
    shade: int
    cell: HeatCell


@dataclass(frozen=True)
class Lane:
    label: str
    y: float
    placed: list[Placed]

    @property
    def drawn(self) -> SafeString:
        """The cells as SVG, in one piece: there are hundreds, and templates take long."""
        return mark_safe("".join(map(_drawn, self.placed)))  # noqa: S308 - all text is escaped


@dataclass(frozen=True)
class Heat:
    height: float
    lanes: list[Lane] = field(default_factory=list)
    columns: list[tuple[float, str, str]] = field(default_factory=list)  # x, label, anchor
    foot: float = 0.0


def heat_map(rows: Sequence[HeatRow], columns: Sequence[str]) -> Heat:
    """Lay the rows out under each other, the columns evenly over the whole width."""
    width = 100 / max(len(columns), 1)
    lanes = []
    for number, row in enumerate(rows):
        top = number * (HEAD + LANE + GAP)
        placed = [
            Placed(round(place * width, 2), top + HEAD, round(width, 2), shade_of(cell.share), cell)
            for place, cell in enumerate(row.cells)
            if cell
        ]
        lanes.append(Lane(row.label, top + 15, placed))
    bottom = len(rows) * (HEAD + LANE + GAP)
    last = len(columns) - 1
    named = sorted({0, last}) if columns else []
    labels = [
        (
            0.0 if place == 0 else 100.0,
            columns[place],
            "start" if place == 0 else "end",
        )
        for place in named
    ]
    return Heat(bottom + FOOT, lanes, labels, bottom + 12)


def shade_of(share: float) -> int:
    """0 to 4, the lightest first."""
    return min(max(int(share * STEPS), 0), STEPS - 1)


def _drawn(placed: Placed) -> str:
    x, y, width, shade, (_share, text, label, url) = placed
    label = escape(label)
    drawn = (
        f'<g class="heat__cell heat__cell--{shade}"><rect x="{x}%" y="{y}" '
        f'width="{width}%" height="{LANE}"/><text x="{x + width / 2:.2f}%" '
        f'y="{y + LANE / 2}" dy="0.32em" text-anchor="middle">{escape(text)}</text>'
        f"<title>{label}</title></g>"
    )
    if not url:
        return drawn
    # The table behind has the same links for the keyboard: a hundred stops would be a wall.
    return f'<a href="{escape(url)}" tabindex="-1" aria-label="{label}">{drawn}</a>'
