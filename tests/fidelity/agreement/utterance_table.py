"""Agreement on AnnoMI's utterances, as the table of docs/statistics.md.

.venv/bin/python -m tests.fidelity.agreement.utterance_table
"""

import csv
from collections.abc import Iterable

from fidelity.agreement.utterances import Code, agreement
from tests.fidelity.imports import real_codes


def rows() -> list[dict[str, str]]:
    with real_codes.path().open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(codes: Iterable[Code]) -> str:
    """A row a code, in Markdown."""
    lines = [
        "| code | values | utterances | exact | Fleiss' kappa | 95% interval | alpha |",
        "| --- | --- | --: | --: | --: | --: | --: |",
    ]
    for code in codes:
        kappa, alpha = code.kappa, "" if code.alpha is None else f"{code.alpha.value:.2f}"
        lines.append(
            f"| {code.column} | {code.value or 'all'} | {code.utterances} | {code.exact.value:.0%}"
            f" | {kappa.value:.2f} | {kappa.low:.2f} to {kappa.high:.2f} | {alpha} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(agreement(rows())))
