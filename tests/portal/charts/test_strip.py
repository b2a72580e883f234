"""Strips of dots."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from portal.charts import Row, strip_chart
from portal.charts.strip import swarm


def words(value):
    return f"{value:g}%"


def row(label, *values):
    return Row(label, [(value, f"/{value}/", f"dot {value}") for value in values])


@given(st.lists(st.floats(0, 300, allow_nan=False), max_size=60), st.sampled_from([2.0, 3.5]))
def test_no_two_dots_overlap(places, radius):
    offsets = swarm(tuple(places), radius)

    for (x, y), (other_x, other_y) in combinations(zip(places, offsets, strict=True), 2):
        assert (x - other_x) ** 2 + (y - other_y) ** 2 >= (2 * radius) ** 2 - 1e-3


def test_a_dot_with_room_stays_in_the_middle():
    assert swarm((10, 50, 90), 3) == [0, 0, 0]


def test_equal_values_stand_above_and_below_each_other():
    assert swarm((10, 10, 10), 3) == [0, -6, 6]


def test_a_chart_keeps_every_value_with_its_link():
    chart = strip_chart([row("good", 20, 40, 90), row("poor", 10)], words=words, high=100)

    assert [[(dot.x, dot.url) for dot in lane.dots] for lane in chart.lanes] == [
        [(21.8, "/20/"), (40.6, "/40/"), (87.6, "/90/")],
        [(12.4, "/10/")],
    ]
    assert [(lane.median_x, lane.median_label) for lane in chart.lanes] == [
        (40.6, "40%"),
        (12.4, "10%"),
    ]


def test_rows_lie_below_each_other_inside_the_picture():
    chart = strip_chart([row("good", *[50] * 30), row("poor", 10)], words=words, high=100)
    good, poor = chart.lanes

    assert 0 < good.top < good.bottom < poor.label_y < poor.top < poor.bottom < chart.bottom
    assert chart.bottom < chart.height


def test_a_row_without_values_has_no_median():
    (lane,) = strip_chart([row("none")], words=words).lanes

    assert (lane.dots, lane.median_x, lane.median_label) == ([], None, "")


def test_benchmarks_past_the_largest_value_are_inside():
    chart = strip_chart([row("one", 1)], words=words, benchmarks=[("fair", 1), ("good", 2)])

    assert [(line.label, line.x) for line in chart.benchmarks] == [("fair 1%", 50), ("good 2%", 97)]
    assert [line.label_y for line in chart.benchmarks] == [14, 32]
    assert [line.anchor for line in chart.benchmarks] == ["middle", "end"]
