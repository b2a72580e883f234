"""The check holds what it was tuned to, and the document says what it does."""

from pathlib import Path

import pytest

from reflections.identifiers import Kind
from tests.reflections.identifiers.scores import HALVES, scores, table
from tests.reflections.identifiers.sentences import sentences

DOCUMENT = Path(__file__).resolve().parents[3] / "docs/identifier-check.md"


def test_there_are_enough_sentences_of_each_sort():
    written = [sentence for half in HALVES for sentence in sentences(half)]
    without = [sentence for sentence in written if not sentence.passages]
    classes = {passage.kind for sentence in written for passage in sentence.passages}

    assert len(written) >= 300
    assert len(without) / len(written) > 0.3
    assert classes == set(Kind)


def test_no_sentence_is_in_both_halves():
    tuning, held_back = ({sentence.text for sentence in sentences(half)} for half in HALVES)

    assert tuning.isdisjoint(held_back)


def test_the_tuning_half_stays_above_what_was_reached():
    score = scores("tuning")["all"]

    assert score.recall >= 0.97
    assert score.precision >= 0.96


@pytest.mark.parametrize("half", HALVES)
def test_the_document_has_the_table_that_the_command_prints(half):
    assert table(half) in DOCUMENT.read_text(encoding="utf-8")
