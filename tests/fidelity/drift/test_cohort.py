"""A line for those who were there throughout."""

from datetime import date

import pytest

from fidelity.drift.cohort import Scored, Stay, lines, was_there

JAN, FEB, MAR, LAST = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1), date(2026, 3, 31)


@pytest.mark.parametrize(
    ("stays", "there"),
    [
        ([Stay(date(2025, 5, 1))], True),
        ([Stay(JAN, LAST)], True),
        ([Stay(JAN, date(2026, 3, 30))], False),
        ([Stay(date(2026, 1, 2))], False),
        ([Stay(date(2026, 2, 11)), Stay(date(2025, 1, 1), date(2026, 2, 10))], True),
        ([Stay(date(2025, 1, 1), date(2026, 2, 9)), Stay(date(2026, 2, 11))], False),
        ([Stay(JAN, MAR), Stay(FEB, date(2026, 2, 2)), Stay(FEB, LAST)], True),
        ([], False),
    ],
)
def test_being_there_is_every_day_in_one_stay_or_several(stays, there):
    assert was_there(stays, first=JAN, last=LAST) == there


def test_newcomers_lower_everybodys_line_and_not_that_of_those_who_stayed():
    scores = [
        Scored("ada", JAN, 80),
        Scored("ada", JAN, 84),
        Scored("ben", JAN, 76),
        Scored("ben", MAR, 80),
        Scored("cleo", MAR, 50),
        Scored("dan", MAR, 56),
    ]
    stays = {
        "ada": [Stay(date(2024, 1, 1))],
        "ben": [Stay(date(2025, 1, 1), LAST)],
        "cleo": [Stay(FEB)],
        "dan": [Stay(MAR)],
    }
    found = lines(scores, stays, first=JAN, last=LAST)

    assert found.stayed == {"ada", "ben"}
    assert [(m.period, m.value, m.n, m.people) for m in found.everybody] == [
        (JAN, 80, 3, 2),
        (MAR, 62, 3, 3),
    ]
    assert [(m.period, m.value, m.n, m.people) for m in found.throughout] == [
        (JAN, 80, 3, 2),
        (MAR, 80, 1, 1),
    ]


def test_someone_whose_stay_is_not_known_is_not_taken_for_there():
    found = lines([Scored("eve", JAN, 70)], {}, first=JAN, last=LAST)

    assert (len(found.everybody), found.throughout, found.stayed) == (1, (), frozenset())
