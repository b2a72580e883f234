"""Pure geometry of charts. Across in percent of the width and down in pixels, so that a chart
fills a phone and a desk while its letters keep their size. Templates draw it as SVG; the marks,
which are many, draw themselves."""

from portal.charts.heat import Heat, HeatCell, HeatRow, heat_map
from portal.charts.run import Mark, Run, run_chart
from portal.charts.scale import Scale, nice_ticks
from portal.charts.small import Small, course_behind, small_chart
from portal.charts.strip import Row, Strip, strip_chart

__all__ = [
    "Heat",
    "HeatCell",
    "HeatRow",
    "Mark",
    "Row",
    "Run",
    "Scale",
    "Small",
    "Strip",
    "course_behind",
    "heat_map",
    "nice_ticks",
    "run_chart",
    "small_chart",
    "strip_chart",
]
