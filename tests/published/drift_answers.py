"""Charts of drift, and where their answers are printed."""

from collections.abc import Sequence
from datetime import date

from fidelity.drift.cusum import Cusum, cusum
from fidelity.drift.ewma import Ewma, ewma
from fidelity.drift.p_chart import p_chart
from fidelity.drift.raters import Compared, course
from fidelity.drift.run_chart import fewest_crossings, longest_run_allowed
from fidelity.drift.xmr import xmr
from tests.published import drift_tables as series
from tests.published.answer import Answer

NIST = "NIST/SEMATECH e-Handbook "
QIC = "Anhøj, qicharts2, appendix 2"
M = "Montgomery, table 7.4"


def _rater_course() -> list[float]:
    """The handbook's batches as what a rater gave, 50 each time as what the master gave."""
    compared = [
        Compared(date(2026, 1, place), place, value, 50)
        for place, value in enumerate(series.BATCHES, start=1)
    ]
    return [each.value for each in course(compared)]


def _xmr(part: str) -> float:
    return float(getattr(xmr(series.BATCHES), part))


def _ewma() -> Ewma:
    return ewma(series.EWMA_VALUES, target=50, sigma=2.0539, weight=0.3, width=3, steady=True)


def _cusum() -> Cusum:
    return cusum(
        series.CUSUM_VALUES, target=325, sigma=0.635, allowance=0.5, decision=4.1959 / 0.635
    )


def _wafers() -> list[float]:
    chart = p_chart(series.WAFERS)
    assert chart
    return [chart.centre, chart.shares[0].low, chart.shares[0].high]


def _orders() -> list[float]:
    chart = p_chart(series.ORDERS)
    assert chart
    return [chart.centre, chart.shares[0].high]


def _beyond(counts: Sequence[tuple[int, int]]) -> list[float]:
    chart = p_chart(counts)
    assert chart
    return [float(place) for place, share in enumerate(chart.shares, start=1) if share.side]


def _first_beyond() -> float:
    chart = _cusum()
    return next(
        float(group)
        for group, sums in enumerate(chart.sums, start=1)
        if max(sums.high, sums.low) > chart.limit
    )


ANSWERS = [
    Answer(
        "rater's course from a master of 50",
        NIST + "6.3.2.2, values less 50",
        series.BATCHES_LESS_50,
        _rater_course,
    ),
    Answer(
        "run chart, longest run allowed, n 10 to 100",
        QIC,
        series.spelled_out(series.LONGEST_RUNS),
        lambda: [float(longest_run_allowed(n)) for n in range(10, 101)],
    ),
    Answer(
        "run chart, fewest crossings, n 10 to 100",
        QIC,
        series.spelled_out(series.FEWEST_CROSSINGS),
        lambda: [float(fewest_crossings(n)) for n in range(10, 101)],
    ),
    Answer("XmR, centre", NIST + "6.3.2.2", "50.81", lambda: _xmr("centre")),
    Answer("XmR, mean moving range", NIST + "6.3.2.2", "1.8778", lambda: _xmr("mean_range")),
    Answer("XmR, upper limit", NIST + "6.3.2.2", "55.8041", lambda: _xmr("high"), within=0.001),
    Answer("XmR, lower limit", NIST + "6.3.2.2", "45.8159", lambda: _xmr("low"), within=0.001),
    Answer("p-chart, centre", NIST + "6.3.3.2", "0.2313", lambda: _wafers()[0]),
    Answer("p-chart, limits", NIST + "6.3.3.2", ["0.0524", "0.4102"], lambda: _wafers()[1:]),
    Answer(
        "p-chart, wafers beyond them",
        NIST + "6.3.3.2",
        ["15", "23"],
        lambda: _beyond(series.WAFERS),
    ),
    Answer("p-chart, varying n, centre", M, "0.096", lambda: _orders()[0]),
    Answer("p-chart, varying n, upper limit for n 100", M, "0.184", lambda: _orders()[1]),
    Answer("p-chart, varying n, samples beyond", M, ["11"], lambda: _beyond(series.ORDERS)),
    Answer(
        "EWMA, averages",
        NIST + "6.3.2.4",
        series.EWMA_AVERAGES,
        lambda: [each.value for each in _ewma().averages],
    ),
    Answer(
        "EWMA, limits",
        NIST + "6.3.2.4",
        ["47.4115", "52.5884"],
        lambda: [_ewma().averages[-1].low, _ewma().averages[-1].high],
        within=0.0002,
    ),
    Answer(
        "CUSUM, upper sums",
        NIST + "6.3.2.3",
        series.CUSUM_HIGH,
        lambda: [each.high for each in _cusum().sums],
    ),
    Answer(
        "CUSUM, lower sums",
        NIST + "6.3.2.3",
        series.CUSUM_LOW,
        lambda: [each.low for each in _cusum().sums],
    ),
    Answer("CUSUM, first group beyond h", NIST + "6.3.2.3", "14", _first_beyond),
]
