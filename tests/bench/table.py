"""The table that `./run bench` prints."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figure:
    """One row: what was measured, what it came to, and what it should come to."""

    subject: str
    value: float
    unit: str
    limit: float | None = None
    note: str = ""

    @property
    def holds(self) -> bool:
        return self.limit is None or self.value <= self.limit

    def words(self) -> str:
        limit = "" if self.limit is None else f"{self.limit:g}"
        mark = "" if self.limit is None else ("ok" if self.holds else "OVER")
        return (
            f"{self.subject:<44} {self.value:>9.2f} {self.unit:<12} {limit:>7} {mark:<5}{self.note}"
        )


@dataclass
class Table:
    figures: list[Figure] = field(default_factory=list)

    def add(self, figure: Figure) -> None:
        self.figures.append(figure)
        print(figure.words(), flush=True)

    def title(self, words: str) -> None:
        print(f"\n{words}\n{'subject':<44} {'figure':>9} {'unit':<12} {'limit':>7}", flush=True)

    def over(self) -> list[Figure]:
        return [figure for figure in self.figures if not figure.holds]


def in_turn(rounds: int, **acts: Callable[[], object]) -> dict[str, float]:
    """Median seconds of each act, run in turn so that a slow moment of the machine hits all."""
    times: dict[str, list[float]] = {name: [] for name in acts}
    for act in acts.values():
        act()
        act()
    for _ in range(rounds):
        for name, act in acts.items():
            began = time.perf_counter()
            act()
            times[name].append(time.perf_counter() - began)
    return {name: statistics.median(taken) for name, taken in times.items()}
