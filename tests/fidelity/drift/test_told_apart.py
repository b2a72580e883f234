"""Which of three drifts could be behind a course."""

import pytest

from fidelity.drift.finding import Direction, Finding, Verdict
from fidelity.drift.told_apart import Drift, told_apart

DOWN = Finding(Verdict.SIGNAL, 24, 12, Direction.DOWN)
UP = Finding(Verdict.SIGNAL, 24, 12, Direction.UP)
WAVES = Finding(Verdict.SIGNAL, 24)
STABLE = Finding(Verdict.STABLE, 24)
TOO_FEW = Finding(Verdict.TOO_FEW, 4)
PRACTICE, RATERS, WHO = Drift.PRACTICE, Drift.RATERS, Drift.WHO_IS_SCORED


@pytest.mark.parametrize(
    ("everybody", "throughout", "rater", "possible", "unknown"),
    [
        (STABLE, STABLE, STABLE, (), ()),
        (DOWN, DOWN, STABLE, (PRACTICE,), ()),
        (DOWN, STABLE, STABLE, (WHO,), ()),
        (DOWN, UP, STABLE, (WHO,), ()),
        (DOWN, WAVES, STABLE, (PRACTICE,), ()),
        (DOWN, DOWN, DOWN, (PRACTICE, RATERS), ()),
        (DOWN, DOWN, UP, (PRACTICE,), ()),  # a rater who turns generous lowers no line
        (STABLE, STABLE, UP, (RATERS,), ()),  # and could hide a fall
        (DOWN, TOO_FEW, STABLE, (), (PRACTICE, WHO)),
        (DOWN, DOWN, TOO_FEW, (PRACTICE,), (RATERS,)),
    ],
)
def test_three_drifts_are_told_apart(everybody, throughout, rater, possible, unknown):
    told = told_apart(everybody, throughout, {"ada": rater})

    assert (told.possible, told.unknown) == (possible, unknown)
    assert told.raters == (("ada",) if RATERS in possible else ())


def test_without_raters_courses_their_drift_is_unknown():
    assert told_apart(STABLE, STABLE, {}).unknown == (RATERS,)
