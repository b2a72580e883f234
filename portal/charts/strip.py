"""A strip of dots a group: every value is a dot, dots side by side where they would overlap."""

import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from statistics import median
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from portal.charts.scale import Scale, nice_ticks

NARROWEST = 320  # pixels: a phone's width, where dots must not overlap
RADIUS = 3.5  # pixels
LEFT, RIGHT = 3.0, 97.0  # percent of the width
HEAD = 44  # pixels for a row's label and its median below: side by side a phone cuts them
GAP = 14  # pixels between rows
TOP = 40  # pixels for the benchmarks' labels, in two lines
FOOT = 28  # pixels for the axis


@dataclass(frozen=True)
class Row:
    """One group: its label, and (value, link, words) for each dot."""

    label: str
    dots: Sequence[tuple[float, str, str]]


class Dot(NamedTuple):
    x: float  # percent
    y: float  # pixels
    url: str
    label: str


@dataclass(frozen=True)
class Lane:
    """A row as drawn."""

    label: str
    label_y: float
    median_label_y: float
    dots: list[Dot]
    median_x: float | None
    median_label: str
    top: float
    bottom: float

    @property
    def drawn(self) -> SafeString:
        """The dots as SVG, in one piece: there are hundreds, and a template takes long for each."""
        return mark_safe(  # noqa: S308 - numbers of our own; everything else is escaped
            "".join(
                f'<a href="{escape(dot.url)}" tabindex="-1"><circle cx="{dot.x}%" cy="{dot.y}" '
                f'r="{RADIUS}"><title>{escape(dot.label)}</title></circle></a>'
                for dot in self.dots
            )
        )


@dataclass(frozen=True)
class Line:
    """A tick or a benchmark: a vertical line with a label."""

    x: float
    label: str
    label_y: float
    anchor: str


@dataclass(frozen=True)
class Strip:
    height: float
    top: float
    bottom: float
    radius: float = RADIUS
    lanes: list[Lane] = field(default_factory=list)
    ticks: list[Line] = field(default_factory=list)
    benchmarks: list[Line] = field(default_factory=list)


def strip_chart(
    rows: Sequence[Row],
    *,
    words: Callable[[float], str],
    short: Callable[[float], str] | None = None,
    benchmarks: Sequence[tuple[str, float]] = (),
    high: float | None = None,
) -> Strip:
    """Lay the rows out under each other on one axis from 0 to `high` (or past the largest value).

    `words` writes a value ("51%", "2.0 : 1"), `short` writes it where room is scarce, under the
    axis and at a benchmark. Values are 0 or more, as counts, ratios and percents are.
    """
    short = short or words
    values = [value for row in rows for value, _, _ in row.dots]
    largest = max([*values, *(value for _, value in benchmarks), high or 0, 1e-9])
    ticks = nice_ticks(0, largest)
    across = Scale(0, ticks[-1], LEFT, RIGHT)
    lanes: list[Lane] = []
    y = float(TOP if benchmarks else 4)
    for row in rows:
        lane = _lane(row, across, y, words)
        lanes.append(lane)
        y = lane.bottom + GAP
    bottom = y - GAP + 6
    return Strip(
        height=bottom + FOOT,
        top=float(TOP if benchmarks else 4),
        bottom=bottom,
        lanes=lanes,
        ticks=[_line(across(tick), short(tick), bottom + 20) for tick in ticks],
        benchmarks=[
            _line(across(value), f"{label} {short(value)}", 14 + 18 * (place % 2))
            for place, (label, value) in enumerate(benchmarks)
        ],
    )


@lru_cache(maxsize=64)  # the same values are drawn again and again
def swarm(places: tuple[float, ...], radius: float) -> list[float]:
    """How far up (negative) or down each dot moves so that none overlaps another.

    `places` are pixels along the strip. Greedy, from left to right: each dot takes the free place
    nearest to the middle. Same input, same picture.
    """
    settled: list[tuple[float, float]] = []  # sorted by place
    offsets = [0.0] * len(places)
    for index in sorted(range(len(places)), key=lambda index: places[index]):
        x = places[index]
        near = settled[bisect.bisect_left(settled, (x - 2 * radius, float("-inf"))) :]
        blocked = [
            (y, ((2 * radius) ** 2 - (x - other) ** 2) ** 0.5)
            for other, y in near
            if abs(x - other) < 2 * radius
        ]
        candidates = [0.0, *(y + side * reach for y, reach in blocked for side in (-1, 1))]
        offset = min(
            (
                candidate
                for candidate in candidates
                if all(abs(candidate - y) >= reach - 1e-6 for y, reach in blocked)
            ),
            key=lambda candidate: (abs(candidate), candidate),
        )
        offsets[index] = offset
        bisect.insort(settled, (x, offset))
    return offsets


def _lane(row: Row, across: Scale, y: float, words: Callable[[float], str]) -> Lane:
    values = [value for value, _, _ in row.dots]
    offsets = swarm(tuple(across(value) * NARROWEST / 100 for value in values), RADIUS)
    reach = max((abs(offset) for offset in offsets), default=0) + RADIUS
    reach = max(reach, 3 * RADIUS)
    middle = y + HEAD + reach
    half = median(values) if values else None
    place = across(half) if half is not None else None
    return Lane(
        label=row.label,
        label_y=y + 16,
        median_label_y=y + 34,
        dots=[
            Dot(across(value), round(middle + offset, 1), url, label)
            for (value, url, label), offset in zip(row.dots, offsets, strict=True)
        ],
        median_x=place,
        median_label=words(half) if half is not None else "",
        top=round(middle - reach - 3, 1),
        bottom=round(middle + reach, 1),
    )


def _line(x: float, label: str, label_y: float) -> Line:
    return Line(x, label, label_y, _anchor(x))


def _anchor(x: float) -> str:
    """Where a label hangs on its place, so that it stays inside the picture."""
    if x < 10:
        return "start"
    return "end" if x > 90 else "middle"
