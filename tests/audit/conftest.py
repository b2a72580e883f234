"""The browser of the browser tests, and a table at the end."""

from collections import Counter
from typing import Any

import pytest

from tests.browser.conftest import browser, page_as

__all__ = ["browser", "page_as"]
FAULT, SEEN = "fault", "seen"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What was looked at by role, and what is wrong: one line a fault, with where it was seen."""
    reports = [
        report
        for kind in ("passed", "failed")
        for report in terminalreporter.stats.get(kind, [])
        if report.when == "call"
    ]
    seen: Counter[str] = Counter()
    where: dict[str, list[str]] = {}
    for report in reports:
        for name, value in report.user_properties:
            if name == SEEN:
                seen[value] += 1
            elif name == FAULT:
                words, place = value
                where.setdefault(words, []).append(place)
    terminalreporter.section("what was looked at")
    for who, count in sorted(seen.items()):
        terminalreporter.line(f"{who:<24} {count:>5} pages")
    terminalreporter.section("what is wrong")
    for words, places in sorted(where.items(), key=lambda each: -len(each[1])):
        more = f" and {len(places) - 1} more" if len(places) > 1 else ""
        terminalreporter.line(f"{words}\n    {places[0]}{more}")
    terminalreporter.line(f"{sum(seen.values())} pages looked at; {len(where)} faults.")


@pytest.fixture
def note(record_property, request):
    """Remember what was seen, and what was wrong with it, across processes."""

    def remember(who: str, place: str, faults: list[str]) -> None:
        record_property(SEEN, who)
        for each in faults:
            record_property(FAULT, (each, place))

    return remember
