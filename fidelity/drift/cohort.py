"""A line for everybody, and one for those who were there throughout: pure.

A programme that doubles its staff scores lower for a while though nobody got worse. The second line
tells that from a drift of practice: who is in it does not change. Being there is being employed,
not being scored: people are scored too seldom for anyone to be in every month.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean


@dataclass(frozen=True)
class Scored:
    """One score of one person, in a period that is named by its first day."""

    person: Hashable
    period: date
    value: float


@dataclass(frozen=True)
class Stay:
    """From a day to a day, both included; without an end it goes on."""

    since: date
    until: date | None = None


@dataclass(frozen=True)
class Mean:
    """A period's mean over n scores of so many people."""

    period: date
    value: float
    n: int
    people: int


@dataclass(frozen=True)
class Lines:
    everybody: tuple[Mean, ...]
    throughout: tuple[Mean, ...]
    stayed: frozenset[Hashable]


def lines(
    scores: Iterable[Scored], stays: Mapping[Hashable, Sequence[Stay]], *, first: date, last: date
) -> Lines:
    """Both lines of the scores; who stayed was there on every day from `first` to `last`."""
    scores = list(scores)
    stayed = frozenset(
        person for person, theirs in stays.items() if was_there(theirs, first=first, last=last)
    )
    return Lines(means(scores), means(each for each in scores if each.person in stayed), stayed)


def was_there(stays: Sequence[Stay], *, first: date, last: date) -> bool:
    """Whether these stays, which may overlap or adjoin, cover every day from `first` to `last`."""
    covered = first - timedelta(days=1)
    for stay in sorted(stays, key=lambda stay: stay.since):
        if stay.since > covered + timedelta(days=1):
            break
        if stay.until is None:
            return True
        covered = max(covered, stay.until)
    return covered >= last


def means(scores: Iterable[Scored]) -> tuple[Mean, ...]:
    """A mean a period, in the order of time."""
    periods: dict[date, list[Scored]] = {}
    for each in scores:
        periods.setdefault(each.period, []).append(each)
    return tuple(
        Mean(
            period,
            fmean(each.value for each in theirs),
            len(theirs),
            len({each.person for each in theirs}),
        )
        for period, theirs in sorted(periods.items())
    )
