"""Run charts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.charts import Mark, run_chart
from portal.charts.run import OVER, UNDER


def words(value):
    return f"{value:g}"


def marks(*values):
    return [Mark(value, f"day {place}", f"{value}") for place, value in enumerate(values)]


def test_points_run_from_left_to_right_and_up_the_page():
    chart = run_chart(marks(0, 50, 100), words=words, high=100)

    assert [(point.x, point.y) for point in chart.points] == [(14, 198), (54.5, 108), (95, 18)]
    assert len(chart.segments) == 2


def test_a_measure_that_begins_above_nothing_has_an_axis_that_does():
    chart = run_chart(marks(1, 3, 5), words=words, low=1, high=5)

    assert [tick.label for tick in chart.ticks] == ["1", "2", "3", "4", "5"]
    assert [point.y for point in chart.points] == [198, 108, 18]


def test_one_point_has_no_line():
    chart = run_chart(marks(3), words=words)

    assert (len(chart.points), chart.segments) == (1, [])
    assert [when.label for when in chart.whens] == ["day 0"]


def test_no_points_make_an_empty_picture():
    chart = run_chart([], words=words)

    assert (chart.points, chart.segments, chart.whens) == ([], [], [])


@pytest.mark.parametrize(("first", "side"), [(22, UNDER), (18, OVER), (60, OVER)])
def test_a_medians_words_keep_out_of_the_way_of_the_first_points(first, side):
    values = marks(first, first, first, 20, 20, 20, 20)

    chart = run_chart(values, words=words, median=20, median_label="median", high=100)

    assert chart.median is not None
    assert chart.median.dy == side


def test_the_median_and_benchmarks_have_their_height():
    chart = run_chart(
        marks(1, 3), words=words, median=2, median_label="median 2", benchmarks=[("goal", 4)]
    )

    assert chart.median is not None
    assert (chart.median.y, chart.median.label) == (108, "median 2")
    assert [(level.y, level.label) for level in chart.benchmarks] == [(18, "goal 4")]


def test_dates_stand_under_the_first_the_last_and_some_between():
    chart = run_chart(marks(*range(30)), words=words)

    assert [when.label for when in chart.whens] == ["day 0", "day 14", "day 29"]
    assert [when.anchor for when in chart.whens] == ["start", "middle", "end"]


@given(st.lists(st.floats(0, 1000, allow_nan=False), min_size=1, max_size=60))
def test_everything_is_inside_the_picture(values):
    chart = run_chart(marks(*values), words=words)

    assert all(0 <= point.x <= 100 and 0 <= point.y <= chart.bottom for point in chart.points)
