"""What the check finds, and which of two findings stands where they overlap."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from reflections.identifiers.kinds import Kind


class Finding(NamedTuple):
    """A passage from `start` to before `end` (characters), why it was taken for one, and what
    could stand there instead."""

    start: int
    end: int
    kind: Kind
    why: Any
    replacement: Any


# Of two that overlap the earlier of these stands: what has a form of its own before what is only
# read from its surroundings. An address holds numbers and names, so it goes before both.
FIRST = (
    Kind.PHOTO, Kind.EMAIL, Kind.URL, Kind.SSN, Kind.FAX, Kind.PHONE, Kind.IP, Kind.RECORD,
    Kind.PLAN, Kind.ACCOUNT, Kind.LICENCE, Kind.VEHICLE, Kind.DEVICE, Kind.BIOMETRIC, Kind.OTHER,
    Kind.AGE, Kind.DATE, Kind.PLACE, Kind.NAME,
)  # fmt: skip
_RANK = {kind: rank for rank, kind in enumerate(FIRST)}


def settle(findings: Iterable[Finding]) -> list[Finding]:
    """Findings that don't overlap, in the order of the text."""
    taken: list[Finding] = []
    for each in sorted(findings, key=lambda f: (f.start, _RANK[f.kind], -f.end)):
        while taken and each.start < taken[-1].end and _before(each, taken[-1]):
            taken.pop()
        if not taken or each.start >= taken[-1].end:
            taken.append(each)
    return taken


def _before(one: Finding, other: Finding) -> bool:
    return (_RANK[one.kind], one.start - one.end) < (_RANK[other.kind], other.start - other.end)
