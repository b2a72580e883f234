"""The running clock of a meeting: its parts, which one runs, and what is left of it. Pure."""

import math
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.functional import Promise

MINUTE = timedelta(minutes=1)


@dataclass
class Line:
    """One part: its minutes on the agenda, the minutes it was given on top, and what it has
    taken so far."""

    kind: str
    label: str | Promise
    planned: int
    more: int = 0
    spent: timedelta = field(default_factory=timedelta)
    began_at: datetime | None = None  # since when it runs; None while it does not

    @property
    def minutes(self) -> int:
        return self.planned + self.more

    @property
    def left(self) -> timedelta:
        """Below zero once it has taken longer than it had."""
        return self.minutes * MINUTE - self.spent

    @property
    def ends_at(self) -> datetime | None:
        """When its time is up; None while it does not run."""
        return self.began_at and self.began_at + self.minutes * MINUTE

    @property
    def minutes_left(self) -> int:
        """Whole minutes, rounded up; 0 once time is up."""
        return max(0, math.ceil(self.left / MINUTE))

    @property
    def minutes_over(self) -> int:
        return max(0, math.floor(-self.left / MINUTE))


@dataclass(frozen=True)
class Clock:
    """`standing`: the part that runs, "over", or None before it began."""

    lines: list[Line]
    standing: str | None
    at: datetime

    @classmethod
    def read(
        cls, lines: list[Line], turns: Sequence[tuple[str, datetime]], at: datetime
    ) -> "Clock":
        """From what happened: each turn lasts until the next one, the last until `at`."""
        by_kind = {line.kind: line for line in lines}
        ends = [*(began for _kind, began in turns[1:]), at]
        for (kind, began), ended in zip(turns, ends, strict=False):
            if kind in by_kind:
                by_kind[kind].spent += max(ended - began, timedelta())
        standing = turns[-1][0] if turns else None
        if standing in by_kind:
            # As if it had run in one piece: that is what a clock counts down from.
            by_kind[standing].began_at = at - by_kind[standing].spent
        return cls(lines, standing, at)

    @property
    def now(self) -> Line | None:
        return next((line for line in self.lines if line.kind == self.standing), None)

    @property
    def is_over(self) -> bool:
        return self.standing is not None and self.now is None

    @property
    def following(self) -> Line | None:
        """The part after the one that runs; the first before it began."""
        place = self._place(self.standing) + 1
        return self.lines[place] if place < len(self.lines) else None

    @property
    def preceding(self) -> Line | None:
        """The part to go back to: before the one that runs, the last when it is over."""
        place = self._place(self.standing)
        return self.lines[place - 1] if place > 0 else None

    @property
    def rows(self) -> list[tuple[Line, str]]:
        """Each part and whether it is "done", runs "now" or is to come ("")."""
        here = self._place(self.standing)
        states = ["done"] * max(here, 0) + ["now"] + [""] * len(self.lines)
        return [(line, states[place] if here >= 0 else "") for place, line in enumerate(self.lines)]

    @property
    def ends_at(self) -> datetime | None:
        """When it ends if every part to come takes its minutes; None unless it runs."""
        if self.now is None:
            return None
        to_come = self.lines[self._place(self.standing) + 1 :]
        left = max(self.now.left, timedelta())
        return self.at + left + sum((line.minutes for line in to_come), 0) * MINUTE

    def kept_for(self, kinds: Container[str], standing: str | None) -> int:
        """Minutes that parts of these kinds have had, or will have if `standing` runs from now."""
        here = self._place(standing)
        kept = timedelta()
        for place, line in enumerate(self.lines):
            if line.kind in kinds:
                to_come = place >= here and line.minutes * MINUTE
                kept += max(line.spent, to_come or timedelta())
        return math.ceil(kept / MINUTE)

    def _place(self, kind: str | None) -> int:
        """-1 before it began, past the last when it is over."""
        if kind is None:
            return -1
        return next(
            (place for place, line in enumerate(self.lines) if line.kind == kind), len(self.lines)
        )
