"""How a score is written."""

import pytest

from fidelity.models import Measure


@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [
        (Measure.Unit.PERCENT, 110 / 3, "37%"),
        (Measure.Unit.PERCENT, 0.29 * 100, "29%"),  # 28.999999999999996 as a float
        (Measure.Unit.PERCENT, 12.5, "13%"),
        (Measure.Unit.PERCENT, 0.4, "0%"),
        (Measure.Unit.RATIO, 0.96, "1.0\u00a0:\u00a01"),
        (Measure.Unit.COUNT, 3.0, "3"),
        (Measure.Unit.POINTS, 2.85, "2.9"),
        (Measure.Unit.PERCENT, None, "not computable"),
    ],
)
def test_a_score_is_rounded_not_cut_off(unit, value, words):
    assert Measure(unit=unit).words_for(value) == words
