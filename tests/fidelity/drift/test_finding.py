"""The latest signal, and too few points."""

import pytest

from fidelity.drift.finding import Direction, Finding, Verdict, judged, latest_signal, side


@pytest.mark.parametrize(
    ("sides", "leaning", "since"),
    [
        ([0, 0, 0], [1, -1, 1], None),
        ([0, 1, 0, 1], [1, 1, 1, 1], (1, Direction.UP)),  # within the limits, and still up there
        ([0, 1, 0, 1], [1, 1, -1, 1], (3, Direction.UP)),  # the other side ended the first
        ([0, -1, 0, -1], [1, -1, 0, -1], (1, Direction.DOWN)),  # on the centre is neither
        ([1, 0, 0, -1, -1, 0], [1, 1, 1, -1, -1, 1], (3, Direction.DOWN)),
        ([1, 1], [1, 1], (0, Direction.UP)),
    ],
)
def test_a_signal_reaches_back_as_far_as_its_side_of_the_centre(sides, leaning, since):
    assert latest_signal(sides, leaning) == since


def test_nine_points_are_too_few_whatever_they_say():
    assert judged([1] * 9, [1] * 9, 9) == Finding(Verdict.TOO_FEW, 9)
    assert judged([0] * 9 + [1], [0] * 10, 10) == Finding(Verdict.SIGNAL, 10, 9, Direction.UP)
    assert judged([0] * 10, [0] * 10, 10) == Finding(Verdict.STABLE, 10)


def test_rounding_alone_is_not_beyond_a_limit():
    assert side(0.1 + 0.2, 0.3, 0.3) == 0
    assert (side(0.31, 0.3, 0.3), side(0.29, 0.3, 0.3)) == (1, -1)
