"""Every statistic against its published answer: the table of docs/statistics.md.

.venv/bin/python -m tests.published.answers
"""

from tests.published import agreement_answers, drift_answers

ANSWERS = [*agreement_answers.ANSWERS, *drift_answers.ANSWERS]


def table() -> str:
    """A row an answer, in Markdown."""
    rows = [
        "| statistic | source | published | ours | difference |",
        "| --- | --- | --: | --: | --: |",
    ]
    for answer in ANSWERS:
        pairs = answer.pairs
        if len(pairs) > 5:
            theirs = f"{len(pairs)} values"
            ours = f"{len(pairs)} values"
        else:
            theirs = ", ".join(_sign(printed) for printed, _ours in pairs)
            ours = ", ".join(_number(printed, value) for printed, value in pairs)
        rows.append(
            f"| {answer.statistic} | {answer.source} | {theirs} | {ours}"
            f" | {_sign(f'{answer.difference:+.1g}') if abs(answer.difference) > 1e-9 else '0'} |"
        )
    return "\n".join(rows)


def _number(printed: str, ours: float) -> str:
    """Ours with two places more than the printed number has; a whole number as one."""
    places = len(printed.partition(".")[2])
    return _sign(f"{ours:.{places + 2}f}" if places else f"{ours:g}")


def _sign(number: str) -> str:
    number = f"0{number}" if number.startswith(".") else number
    return number.replace("-", "−")


if __name__ == "__main__":
    print(table())
