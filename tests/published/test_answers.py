"""Ours are the published answers, and the document says so."""

from pathlib import Path

import pytest

from tests.published.answer import Answer
from tests.published.answers import ANSWERS, table

DOCUMENT = Path(__file__).resolve().parents[2] / "docs/statistics.md"


@pytest.mark.parametrize(
    "answer", ANSWERS, ids=lambda answer: f"{answer.statistic} {answer.source}"
)
def test_ours_is_the_published_answer(answer: Answer):
    assert answer.holds, answer.pairs


def test_the_document_has_the_table_that_the_command_prints():
    assert table() in DOCUMENT.read_text(encoding="utf-8")
