"""A run chart: values in their order, joined by a line."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from portal.charts.scale import Scale, nice_ticks

LEFT, RIGHT = 11.0, 97.0  # percent of the width
TOP, PLOT, FOOT = 18.0, 180.0, 30.0  # pixels
MOST_LABELS = 3  # under the axis: what a phone has room for
OVER, UNDER = "-0.4em", "1.2em"
WORDS_WIDE, WORDS_HIGH = 25.0, 22.0  # what a level's label covers: percent of the width, pixels
OFF_MIDDLE = 0.06  # of the width: how far from the middle a label between may stand


class Mark(NamedTuple):
    """One value: when (as people read it), what it says, where it leads; `stands_out` draws it
    full, and says so in its label."""

    value: float
    when: str
    label: str
    url: str = ""
    stands_out: bool = False


class Point(NamedTuple):
    x: float
    y: float
    label: str
    url: str
    stands_out: bool


class Segment(NamedTuple):
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Level:
    """A horizontal line with a label: a tick, the median, a benchmark; `dy` is where the label
    stands to it."""

    y: float
    label: str
    dy: str = OVER


@dataclass(frozen=True)
class When:
    x: float
    label: str
    anchor: str


@dataclass(frozen=True)
class Run:
    height: float
    bottom: float
    left: float = LEFT
    right: float = RIGHT
    points: list[Point] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    ticks: list[Level] = field(default_factory=list)
    benchmarks: list[Level] = field(default_factory=list)
    median: Level | None = None
    whens: list[When] = field(default_factory=list)
    second: list[Segment] = field(default_factory=list)  # another line over the same places
    bounds: list[Segment] = field(default_factory=list)  # limits, which may differ by place
    notes: list[When] = field(default_factory=list)  # what happened when: a line down, a number

    @property
    def drawn(self) -> SafeString:
        """The line and its points as SVG, in one piece: a template takes long for each."""
        lines = (
            f'<line class="chart__line" x1="{line.x1}%" y1="{line.y1}" x2="{line.x2}%" '
            f'y2="{line.y2}"/>'
            for line in self.segments
        )
        # Numbers of our own; everything else is escaped.
        return mark_safe("".join([*self._behind(), *lines, *map(_drawn, self.points)]))  # noqa: S308

    def _behind(self) -> Iterator[str]:
        others = (("benchmark", self.bounds), ("line chart__line--second", self.second))
        for kind, segments in others:
            for line in segments:
                yield (
                    f'<line class="chart__{kind}" x1="{line.x1}%" y1="{line.y1}" '
                    f'x2="{line.x2}%" y2="{line.y2}"/>'
                )
        for note in self.notes:
            yield (
                f'<line class="chart__note" x1="{note.x}%" y1="{TOP}" x2="{note.x}%" '
                f'y2="{self.bottom}"/><text x="{note.x}%" y="{TOP}" dy="-0.4em" '
                f'text-anchor="middle">{escape(note.label)}</text>'
            )


def _drawn(point: Point) -> str:
    label, signal = escape(point.label), " chart__point--signal" if point.stands_out else ""
    circle = (
        f'<circle class="chart__point{signal}" cx="{point.x}%" cy="{point.y}" r="5">'
        f"<title>{label}</title></circle>"
    )
    if not point.url:
        return circle
    return f'<a href="{escape(point.url)}" aria-label="{label}">{circle}</a>'


def run_chart(
    marks: Sequence[Mark],
    *,
    words: Callable[[float], str],
    median: float | None = None,
    median_label: str = "",
    benchmarks: Sequence[tuple[str, float]] = (),
    low: float = 0,
    high: float | None = None,
    second: Sequence[float | None] = (),
    bounds: Sequence[tuple[float, float]] = (),
    notes: Sequence[tuple[int, str]] = (),
) -> Run:
    """Lay the marks out from left to right, evenly (runs count points, not days), from `low` up.

    The axis begins at `low`, where the measure does, and ends at `high` where it has an end, else
    past the largest value. `second` has a value or a gap for each mark, `bounds` its limits below
    and above; `notes` stand at a mark's place.
    """
    largest = max(
        [
            *(mark.value for mark in marks),
            *(value for _, value in benchmarks),
            *(value for value in second if value is not None),
            *(upper for _, upper in bounds),
            1e-9,
        ]
    )
    ticks = nice_ticks(low, high or largest, 5)
    bottom = TOP + PLOT
    up = Scale(ticks[0], ticks[-1], bottom, TOP)
    along = Scale(0, max(len(marks) - 1, 0), LEFT + 3, RIGHT - 2)
    points = [
        Point(along(place), up(mark.value), mark.label, mark.url, mark.stands_out)
        for place, mark in enumerate(marks)
    ]
    return Run(
        height=bottom + FOOT,
        bottom=bottom,
        points=points,
        segments=[Segment(one.x, one.y, next_.x, next_.y) for one, next_ in pairwise(points)],
        ticks=[Level(up(tick), words(tick)) for tick in ticks],
        benchmarks=[Level(up(value), f"{label} {words(value)}") for label, value in benchmarks],
        median=None if median is None else _beside(up(median), median_label, points),
        whens=_whens(marks, points),
        second=_joined(
            [
                (point.x, None if value is None else up(value))
                for point, value in zip(points, second or [None] * len(points), strict=True)
            ]
        ),
        bounds=[
            line
            for side in zip(*bounds, strict=True)
            for line in _joined([(p.x, up(v)) for p, v in zip(points, side, strict=True)])
        ],
        notes=[When(points[place].x, label, "middle") for place, label in notes],
    )


def _beside(y: float, label: str, points: Sequence[Point]) -> Level:
    """A level whose label, at the line's beginning, lies on the side with fewer of the points."""
    first = [point.y for point in points if point.x < LEFT + WORDS_WIDE]
    over = sum(y - WORDS_HIGH < each <= y for each in first)
    under = sum(y <= each < y + WORDS_HIGH for each in first)
    return Level(y, label, UNDER if over > under else OVER)


def _joined(places: Sequence[tuple[float, float | None]]) -> list[Segment]:
    """Lines between neighbours that both have a place; none over a gap."""
    return [
        Segment(x1, y1, x2, y2)
        for (x1, y1), (x2, y2) in pairwise(places)
        if y1 is not None and y2 is not None
    ]


def _whens(marks: Sequence[Mark], points: Sequence[Point]) -> list[When]:
    """The first and last date, and some between, evenly spread."""
    if not marks:
        return []
    count = min(MOST_LABELS, len(marks))
    last = len(marks) - 1
    places = {round(step * last / max(count - 1, 1)) for step in range(count)}
    # One far from the middle would run into its neighbour on a phone.
    places = {p for p in places if p in (0, last) or abs(p / last - 0.5) < OFF_MIDDLE}
    return [
        When(points[place].x, marks[place].when, _anchor(place, len(marks)))
        for place in sorted(places)
    ]


def _anchor(place: int, count: int) -> str:
    if count == 1:
        return "middle"
    return "start" if place == 0 else "end" if place == count - 1 else "middle"
