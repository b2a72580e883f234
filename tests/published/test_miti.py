"""MITI 4.2.1's summary arithmetic and thresholds, as shipped, against the manual's table
(Moyers, Manuel and Ernst; domain.md, "MITI 4.2.1 arithmetic")."""

import pytest

from fidelity.models import Entry
from tests.fidelity import make

FAIR_AND_GOOD = {
    "percent-complex-reflections": [("fair", 40.0), ("good", 50.0)],
    "reflection-to-question-ratio": [("fair", 1.0), ("good", 2.0)],
}


@pytest.fixture
def sheet(db):
    return make.shipped(make.CODING_SHEET)


def test_thresholds_carry_the_manuals_values_a_source_and_a_date(sheet):
    shipped = {
        measure.key: [
            (benchmark.label, benchmark.value)
            for benchmark in measure.benchmarks.all()
            if "MITI coding manual 4.2.1" in benchmark.source and benchmark.dated
        ]
        for measure in sheet.measures.all()
    }

    assert shipped == FAIR_AND_GOOD


def test_the_measures_are_the_manuals_formulas(cast, sheet):
    # CR / (SR + CR) = 9 / 15; (SR + CR) / questions = 15 / (4 + 6)
    counts = {
        "simple-reflections": 6,
        "complex-reflections": 9,
        "open-questions": 4,
        "closed-questions": 6,
        "information": 3,
        "advice": 2,
    }
    review = make.draft(cast.coach, cast.facilitator, version=sheet, source="recording")
    review.submit(
        by=cast.coach, entries={key: Entry(value=float(count)) for key, count in counts.items()}
    )

    scores = dict(review.scores.values_list("measure__key", "value"))
    assert scores == {"percent-complex-reflections": 60.0, "reflection-to-question-ratio": 1.5}
