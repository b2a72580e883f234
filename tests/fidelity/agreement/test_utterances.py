"""Agreement on utterances, made up and real, beside a foreign library's."""

from pathlib import Path

import krippendorff
import pytest

from fidelity.agreement.utterances import COLUMNS, NONE, agreement
from tests.fidelity.agreement import utterance_table

DOCUMENT = Path(__file__).resolve().parents[3] / "docs/statistics.md"
SEVEN = {"7", "27", "55", "56", "66", "109", "130"}


def row(utterance, annotator, *, speaker="therapist", **codes):
    return {
        "transcript_id": "1",
        "utterance_id": str(utterance),
        "interlocutor": speaker,
        "annotator_id": str(annotator),
        **dict.fromkeys(COLUMNS, NONE),
        **codes,
    }


def test_a_code_is_a_column_and_each_of_its_values():
    rows = [
        row(utterance, annotator, question_subtype=kind)
        for utterance, kinds in enumerate(
            [("open", "open"), ("open", "closed"), (NONE, NONE), ("closed", "closed")]
        )
        for annotator, kind in enumerate(kinds)
    ]
    found = {code.value: code for code in agreement(rows) if code.column == "question_subtype"}

    assert list(found) == [None, "closed", "open"]
    assert (found[None].utterances, found[None].conversations, found[None].times) == (4, 1, 8)
    assert (found["open"].times, found["open"].alpha) == (3, None)
    assert found[None].exact.value == 0.75
    # By hand: 3 of 4 agree; shares 3, 3 and 2 of 8: (.75 - 22/64) / (1 - 22/64).
    assert found[None].kappa.value == pytest.approx(26 / 42)


def test_only_utterances_that_two_annotators_coded_are_compared():
    rows = [row(1, 0), row(2, 0), row(2, 1), row(3, 0, speaker="client")]

    assert {code.column for code in agreement(rows)} == {
        column for column, speaker in COLUMNS.items() if speaker == "therapist"
    }
    assert {code.utterances for code in agreement(rows)} == {1}
    assert agreement([row(1, 0)]) == []


@pytest.fixture(scope="module")
def real() -> list[dict[str, str]]:
    return utterance_table.rows()


@pytest.fixture(scope="module")
def found(real):
    return agreement(real)


def test_the_seven_conversations_of_ten_experts_come_out(found):
    wholes = [code for code in found if code.value is None]

    assert [code.column for code in wholes] == list(COLUMNS)
    assert {code.conversations for code in found} == {7}
    assert {code.kappa.raters for code in found} == {10}
    assert {(code.utterances, COLUMNS[code.column]) for code in found} == {
        (216, "therapist"),
        (212, "client"),
    }
    assert all(code.kappa.low < code.kappa.value < code.kappa.high for code in found)


def test_a_foreign_library_finds_the_same_alpha(real, found):
    for code in found:
        if code.value is not None:
            continue
        units: dict[tuple[str, str], dict[str, str]] = {}
        for each in real:
            if each["transcript_id"] in SEVEN and each["interlocutor"] == COLUMNS[code.column]:
                place = each["transcript_id"], each["utterance_id"]
                units.setdefault(place, {})[each["annotator_id"]] = each[code.column]
        names = sorted({given for unit in units.values() for given in unit.values()})
        by_annotator = [
            [float(names.index(unit[str(annotator)])) for unit in units.values()]
            for annotator in range(10)
        ]
        theirs = krippendorff.alpha(by_annotator, level_of_measurement="nominal")

        assert code.alpha.value == pytest.approx(theirs), code.column


def test_the_document_has_the_table_that_the_command_prints(found):
    assert utterance_table.table(found) in DOCUMENT.read_text(encoding="utf-8")
