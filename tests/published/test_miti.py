"""MITI 4.2.1's summary arithmetic and thresholds, as shipped, against the manual's table
(Moyers, Manuel and Ernst; domain.md, "MITI 4.2.1 arithmetic")."""

import pytest

from fidelity.models import Entry
from tests.fidelity import make

FAIR_AND_GOOD = {
    "technical": [("fair", 3.0), ("good", 4.0)],
    "relational": [("fair", 3.5), ("good", 4.0)],
    "percent-complex-reflections": [("fair", 40.0), ("good", 50.0)],
    "reflection-to-question-ratio": [("fair", 1.0), ("good", 2.0)],
    "mi-adherent": [],
    "mi-non-adherent": [],
}
GLOBALS = {
    "cultivating-change-talk": 4,
    "softening-sustain-talk": 3,
    "partnership": 2,
    "empathy": 5,
}
COUNTS = {
    "information": 3,
    "persuade": 2,
    "persuade-with-permission": 1,
    "questions": 10,
    "simple-reflections": 6,
    "complex-reflections": 9,
    "affirm": 4,
    "seeking-collaboration": 3,
    "emphasizing-autonomy": 2,
    "confront": 1,
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
    review = make.tallied_draft(cast.coach, cast.facilitator)
    review.submit(
        by=cast.coach,
        entries={key: Entry(value=float(given)) for key, given in (GLOBALS | COUNTS).items()},
    )

    scores = dict(review.scores.values_list("measure__key", "value"))
    assert scores == {
        "technical": 3.5,  # (CCT + SST) / 2
        "relational": 3.5,  # (P + E) / 2
        "percent-complex-reflections": 60.0,  # CR / (SR + CR) = 9 / 15
        "reflection-to-question-ratio": 1.5,  # (SR + CR) / questions = 15 / 10
        "mi-adherent": 9.0,  # seeking + affirm + emphasizing autonomy
        "mi-non-adherent": 3.0,  # confront + persuade
    }


def test_the_sheet_asks_for_the_ten_counts_and_four_globals_without_anchors(sheet):
    asked = sheet.items.values_list("key", "kind")
    assert list(asked) == [(key, "scale") for key in GLOBALS] + [(key, "count") for key in COUNTS]
    levels = sheet.scales.get().levels.values_list("value", "label")
    assert list(levels) == list(enumerate(["Lowest", "Low", "Middle", "High", "Highest"], start=1))
