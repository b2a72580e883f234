"""A small chart among many on one scale: its own course, and the course of all behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from portal.charts.scale import Scale

HEIGHT, EDGE = 72.0, 8.0  # pixels
SIDE = 3.0  # percent


class SmallPoint(NamedTuple):
    x: float
    y: float
    label: str


@dataclass(frozen=True)
class Small:
    height: float = HEIGHT
    own: list[tuple[float, float, float, float]] = field(default_factory=list)
    behind: str = ""  # the same for all of a page: drawn once, by `course_behind`
    points: list[SmallPoint] = field(default_factory=list)

    @property
    def drawn(self) -> SafeString:
        """Lines and points as SVG, in one piece: a page has dozens of charts."""
        points = (
            f'<circle class="chart__point" cx="{x}%" cy="{y}" r="3">'
            f"<title>{escape(label)}</title></circle>"
            for x, y, label in self.points
        )
        drawn = [self.behind, _drawn("line", self.own), *points]
        return mark_safe("".join(drawn))  # noqa: S308 - numbers; labels are escaped


def course_behind(values: Sequence[float | None], *, low: float, high: float) -> str:
    """The course of all behind each of the small charts, as SVG."""
    return _drawn("median", _lines(_places(values, low, high)))


def small_chart(
    values: Sequence[float | None],
    labels: Sequence[str],
    *,
    behind: str,
    low: float,
    high: float,
) -> Small:
    """One value or gap a place, from left to right. A line joins neighbours that both have one."""
    own = _places(values, low, high)
    return Small(
        own=_lines(own),
        behind=behind,
        points=[
            SmallPoint(*place, label) for place, label in zip(own, labels, strict=True) if place
        ],
    )


def _places(
    values: Sequence[float | None], low: float, high: float
) -> list[tuple[float, float] | None]:
    along = Scale(0, max(len(values) - 1, 0), SIDE, 100 - SIDE)
    up = Scale(low, high, HEIGHT - EDGE, EDGE)
    return [None if v is None else (along(at), up(v)) for at, v in enumerate(values)]


def _lines(
    places: Sequence[tuple[float, float] | None],
) -> list[tuple[float, float, float, float]]:
    return [(*one, *two) for one, two in pairwise(places) if one and two]


def _drawn(kind: str, lines: Sequence[tuple[float, float, float, float]]) -> str:
    return "".join(
        f'<line class="chart__{kind}" x1="{x1}%" y1="{y1}" x2="{x2}%" y2="{y2}"/>'
        for x1, y1, x2, y2 in lines
    )
