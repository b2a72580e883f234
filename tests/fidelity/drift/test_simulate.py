"""The document's tables are what the rules do."""

from pathlib import Path

import pytest

from tests.fidelity.drift.simulate import (
    BEFORE,
    LENGTHS,
    RULES,
    SERIES,
    SHIFTS,
    delays,
    drawn,
    false_signals,
    found_share,
)

DOCUMENT = Path(__file__).resolve().parents[3] / "docs/drift-rules.md"
SHORT = 60  # series


def tables() -> dict[str, dict[str, list[str]]]:
    """Each table's rows by rule, under its heading."""
    found: dict[str, dict[str, list[str]]] = {}
    heading = ""
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        heading = line.removeprefix("### ") if line.startswith("#") else heading
        if line.startswith("| ") and not line.startswith(("| rule", "| ---")):
            rule, *cells = (cell.strip() for cell in line.strip("|").split("|"))
            found.setdefault(heading, {})[rule] = cells
    return found


def share(cell: str) -> float:
    """Of "3.5%" and of "9 (94%)"."""
    return float(cell.rpartition("(")[2].rstrip(")%")) / 100


def error(expected: float, series: int) -> float:
    """Four standard errors of a short run and of the document's, which the first share half."""
    spread = max(expected * (1 - expected), 0.02)
    return 4 * (spread / series + spread / (SERIES / 2)) ** 0.5 + 0.005


def test_the_tables_have_every_rule_and_every_column():
    found = tables()

    assert list(found) == ["Nothing changes", *(f"A rise of {shift:g} sd" for shift in SHIFTS)]
    assert {tuple(table) for table in found.values()} == {tuple(RULES)}
    assert {len(row) for row in found["Nothing changes"].values()} == {len(LENGTHS) + 1}
    assert {len(row) for row in found["A rise of 1 sd"].values()} == {len(BEFORE)}


@pytest.mark.parametrize("rule", RULES)
def test_a_short_run_finds_the_documents_share_of_false_signals(rule):
    row = tables()["Nothing changes"][rule]

    for points in (24, 60):
        expected = share(row[LENGTHS.index(points)])
        assert false_signals(rule, points, SHORT) == pytest.approx(
            expected, abs=error(expected, SHORT)
        )


@pytest.mark.parametrize("rule", RULES)
def test_a_short_run_finds_the_documents_share_of_rises(rule):
    before = 36
    expected = share(tables()["A rise of 1.5 sd"][rule][BEFORE.index(before)])

    assert found_share(delays(rule, before, 1.5, SHORT)) == pytest.approx(
        expected, abs=error(expected, SHORT)
    )


def test_a_rise_is_where_it_is_said_to_be():
    (steady,), (risen,) = drawn("XmR", 1, before=24), drawn("XmR", 1, shift=1.5, before=24)

    assert len(steady) == len(risen) == 60
    many = list(drawn("XmR", 200, shift=1.5, before=24))
    means = [sum(each[place] for each in many) / 200 for place in (0, 23, 24, 59)]
    assert means == pytest.approx([0, 0, 1.5, 1.5], abs=0.3)
