"""How often each drift rule is wrong, and how soon it is right: the tables of docs/drift-rules.md.

    .venv/bin/python -m tests.fidelity.drift.simulate

Series are drawn from a seed and judged by the functions that the portal itself uses, looked at anew
with each point, as a page is. Takes some minutes; a number of series as argument makes it shorter.
"""

import math
import sys
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from typing import Any

import numpy as np

from fidelity.drift.cusum import found_by_cusum
from fidelity.drift.ewma import found_by_ewma
from fidelity.drift.finding import FEWEST_POINTS, Direction, Finding
from fidelity.drift.p_chart import p_chart
from fidelity.drift.run_chart import assess
from fidelity.drift.xmr import found_by_xmr

SEED = 20141125
SERIES = 1000
MOST = 60
LENGTHS = (12, 24, 36, 48, 60)
SHIFTS = (0.5, 1.0, 1.5)  # standard deviations of a point
BEFORE = (12, 24, 36, 48)  # points before the shift
REVIEWS, SHARE = 20, 0.5  # a point of the p-chart: so many, half of them

Rule = Callable[[Sequence[Any]], Finding]


def _found_by_p_chart(counts: Sequence[tuple[int, int]]) -> Finding:
    chart = p_chart(counts)
    assert chart
    return chart.finding


RULES: dict[str, Rule] = {
    "run chart, Anhøj's rules": lambda values: assess(values).finding,
    "XmR": found_by_xmr,
    "p-chart, 20 a point": _found_by_p_chart,
    "EWMA, L 2.7": lambda values: found_by_ewma(values, width=2.7),
    "EWMA, L 3": found_by_ewma,
    "EWMA, L 3, first 24": lambda values: found_by_ewma(values, baseline=24),
    "CUSUM, h 5": found_by_cusum,
    "CUSUM, h 5, first 24": lambda values: found_by_cusum(values, baseline=24),
}


def drawn(rule: str, series: int, *, shift: float = 0, before: int = MOST) -> Iterator[list[Any]]:
    """Series of 60 points, normal and independent, that rise by `shift` after `before` points; for
    the p-chart counts. Each rule meets the same series, and each table its own."""
    chance = np.random.default_rng([SEED, before, round(10 * shift)])
    rise = np.where(np.arange(MOST) < before, 0.0, shift)
    for _ in range(series):
        if rule.startswith("p-chart"):
            share = SHARE + rise * math.sqrt(SHARE * (1 - SHARE) / REVIEWS)
            yield [(int(part), REVIEWS) for part in chance.binomial(REVIEWS, share)]
        else:
            yield list((chance.normal(size=MOST) + rise).tolist())


def false_signals(rule: str, points: int, series: int) -> float:
    """The share of steady series that signal when they are looked at once, at so many points."""
    judge = RULES[rule]
    return sum(judge(each[:points]).is_signal for each in drawn(rule, series)) / series


def false_at_any_look(rule: str, series: int) -> float:
    """The share of steady series that signal at one look or more, from the tenth point on."""
    judge = RULES[rule]
    looks = range(FEWEST_POINTS, MOST + 1)
    return (
        sum(any(judge(each[:n]).is_signal for n in looks) for each in drawn(rule, series)) / series
    )


def delays(rule: str, before: int, shift: float, series: int) -> list[float]:
    """How many points after the shift each series first signals it; infinite where it does not by
    the 60th. Series that signal before the shift are left out, and signals downwards don't count.
    """
    judge, found = RULES[rule], []
    for each in drawn(rule, series, shift=shift, before=before):
        if judge(each[:before]).is_signal:
            continue
        looks = (judge(each[:n]) for n in range(before + 1, MOST + 1))
        late = (
            float(n)
            for n, look in enumerate(looks, start=1)
            if look.is_signal and look.direction != Direction.DOWN
        )
        found.append(next(late, math.inf))
    return found


def found_share(late: Sequence[float]) -> float:
    return sum(map(math.isfinite, late)) / len(late)


def table_of_false_signals(series: int) -> str:
    rows = [
        f"| rule | {' | '.join(f'{n} points' for n in LENGTHS)} | any look, 10 to {MOST} |",
        f"| --- |{' --: |' * (len(LENGTHS) + 1)}",
    ]
    for rule in RULES:
        shares = [false_signals(rule, n, series) for n in LENGTHS]
        cells = [*(f"{share:.1%}" for share in shares), f"{false_at_any_look(rule, series):.0%}"]
        rows.append(f"| {rule} | {' | '.join(cells)} |")
    return "\n".join(rows)


def table_of_delays(shift: float, series: int) -> str:
    rows = [
        f"| rule | {' | '.join(f'after {before}' for before in BEFORE)} |",
        f"| --- |{' --: |' * len(BEFORE)}",
    ]
    for rule in RULES:
        cells = [_delay(delays(rule, before, shift, series)) for before in BEFORE]
        rows.append(f"| {rule} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _delay(late: Sequence[float]) -> str:
    """The median, and how many were found: `9 (94%)`; without a median where half were not."""
    middle = median(late)
    return f"{f'{middle:.0f}' if math.isfinite(middle) else '–'} ({found_share(late):.0%})"


def main(arguments: list[str]) -> None:
    series = int(arguments[0]) if arguments else SERIES
    print(f"### Nothing changes\n\n{table_of_false_signals(series)}\n")
    for shift in SHIFTS:
        print(f"### A rise of {shift:g} sd\n\n{table_of_delays(shift, series // 2)}\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
