"""A rater's course from the master scores."""

from datetime import date

from fidelity.drift.finding import Direction, Finding, Verdict
from fidelity.drift.raters import Compared, course, drifting, qualified_on


def test_a_point_is_an_occasions_mean_difference_in_the_order_of_time():
    march, january = date(2026, 3, 1), date(2026, 1, 1)
    found = course(
        [
            Compared(march, "tape 2", 4, 2),
            Compared(january, "tape 1", 3, 3),
            Compared(january, "tape 1", 2, 3),
            Compared(march, "tape 3", 1, 1),
        ]
    )

    assert [(d.on, d.occasion, d.value, d.n, d.within_one) for d in found] == [
        (january, "tape 1", -0.5, 2, 1.0),
        (march, "tape 2", 2.0, 1, 0.0),
        (march, "tape 3", 0.0, 1, 1.0),
    ]


def occasions(differences):
    return course(
        Compared(date(2026, 1, 1 + place), place, 3 + apart, 3)
        for place, apart in enumerate(differences)
    )


def test_a_rater_who_turns_generous_signals_upwards():
    steady = [0, 0.25, -0.25, 0.25, 0, -0.25] * 4

    assert drifting(occasions(steady)).kind == Verdict.STABLE
    assert drifting(occasions([*steady, 2.0])) == Finding(Verdict.SIGNAL, 25, 24, Direction.UP)


def test_four_occasions_tell_no_drift():
    assert drifting(occasions([0, 1, 2, 3])) == Finding(Verdict.TOO_FEW, 4)


def tapes(*within_one):
    """A tape of ten items a day, so many of them within one point of the master."""
    return course(
        Compared(date(2026, 1, day), day, 3 if item < near else 5, 3)
        for day, near in enumerate(within_one, start=1)
        for item in range(10)
    )


def test_a_rater_qualifies_at_three_good_tapes_in_a_row():
    passed = {"share": 0.8, "in_a_row": 3}

    assert qualified_on(tapes(8, 9, 10), **passed) == date(2026, 1, 3)
    assert qualified_on(tapes(9, 9, 7, 8, 8, 8, 3), **passed) == date(2026, 1, 6)
    assert qualified_on(tapes(10, 10, 7, 10, 10), **passed) is None
