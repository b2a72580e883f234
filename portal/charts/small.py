"""A small chart among many on one scale: its own course, and the course of all behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe

from portal.charts.scale import Scale

HEIGHT, EDGE = 72.0, 8.0  # pixels
SIDE = 3.0  # percent


@dataclass(frozen=True)
class SmallPoint:
    x: float
    y: float
    label: str


@dataclass(frozen=True)
class Small:
    height: float = HEIGHT
    own: list[tuple[float, float, float, float]] = field(default_factory=list)
    behind: list[tuple[float, float, float, float]] = field(default_factory=list)
    points: list[SmallPoint] = field(default_factory=list)

    @property
    def drawn(self) -> SafeString:
        """Lines and points as SVG, in one piece: a page has dozens of charts."""
        lines = [
            f'<line class="chart__{kind}" x1="{x1}%" y1="{y1}" x2="{x2}%" y2="{y2}"/>'
            for kind, several in (("median", self.behind), ("line", self.own))
            for x1, y1, x2, y2 in several
        ]
        points = (
            f'<circle class="chart__point" cx="{p.x}%" cy="{p.y}" r="3">'
            f"<title>{escape(p.label)}</title></circle>"
            for p in self.points
        )
        return mark_safe("".join([*lines, *points]))  # noqa: S308 - numbers; labels are escaped


def small_chart(
    values: Sequence[float | None],
    labels: Sequence[str],
    *,
    behind: Sequence[float | None],
    low: float,
    high: float,
) -> Small:
    """One value or gap a place, from left to right. A line joins neighbours that both have one."""
    along = Scale(0, max(len(values) - 1, 0), SIDE, 100 - SIDE)
    up = Scale(low, high, HEIGHT - EDGE, EDGE)

    def places(found: Sequence[float | None]) -> list[tuple[float, float] | None]:
        return [None if v is None else (along(at), up(v)) for at, v in enumerate(found)]

    own = places(values)
    return Small(
        own=_lines(own),
        behind=_lines(places(behind)),
        points=[
            SmallPoint(*place, label) for place, label in zip(own, labels, strict=True) if place
        ],
    )


def _lines(
    places: Sequence[tuple[float, float] | None],
) -> list[tuple[float, float, float, float]]:
    return [(*one, *two) for one, two in pairwise(places) if one and two]
