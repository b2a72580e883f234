"""Three drifts that look alike on a chart: of practice, of the raters, of who is scored. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fidelity.drift.finding import Finding, Verdict


class Drift(StrEnum):
    PRACTICE = "practice"
    RATERS = "raters"
    WHO_IS_SCORED = "who_is_scored"


@dataclass(frozen=True)
class Told:
    """What could be behind a course, and what there is too little of to say."""

    possible: tuple[Drift, ...]
    unknown: tuple[Drift, ...]
    raters: tuple[str, ...]  # those whose own course signals


def told_apart(everybody: Finding, throughout: Finding, raters: Mapping[str, Finding]) -> Told:
    """Read the line of everybody beside that of those who stayed, and beside its raters' courses.

    A signal of everybody's that those who stayed share is one of practice; one that they don't
    share is of who is scored. A rater whose own course signals the same way, or whose signal has no
    direction, could have made either: so could one who signals while the line is stable have hidden
    a change, so they are named then too.
    """
    drifting = tuple(
        name
        for name, course in raters.items()
        if course.is_signal and not (everybody.is_signal and _opposite(course, everybody))
    )
    unknown = (
        set()
        if any(course.kind != Verdict.TOO_FEW for course in raters.values())
        else {Drift.RATERS}
    )
    possible = {Drift.RATERS} if drifting else set()
    if everybody.is_signal:
        if throughout.kind == Verdict.TOO_FEW:
            unknown |= {Drift.PRACTICE, Drift.WHO_IS_SCORED}
        elif throughout.is_signal and not _opposite(throughout, everybody):
            possible.add(Drift.PRACTICE)
        else:
            possible.add(Drift.WHO_IS_SCORED)
    return Told(_in_order(possible), _in_order(unknown), drifting)


def _opposite(one: Finding, other: Finding) -> bool:
    return None not in (one.direction, other.direction) and one.direction != other.direction


def _in_order(drifts: set[Drift]) -> tuple[Drift, ...]:
    return tuple(drift for drift in Drift if drift in drifts)
