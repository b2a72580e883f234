"""The course that the demo's reviews take, on whatever day it is loaded."""

from datetime import date, timedelta
from statistics import fmean
from types import SimpleNamespace

import pytest

from fidelity.drift.finding import Direction, Verdict
from fidelity.drift.run_chart import assess
from fidelity.drift.xmr import xmr
from portal.home.demo import story

# Whole months end, begin, are short and long.
DAYS = [
    date(2027, 1, 1),
    date(2027, 2, 28),
    date(2027, 3, 31),
    date(2027, 8, 14),
    date(2028, 2, 29),
]


def monthly(today: date) -> tuple[list[float], list[float]]:
    """The means of the months of everybody, and of those who were there throughout."""
    everybody: dict[date, list[float]] = {}
    stayed: dict[date, list[float]] = {}
    for each in story.observations(today):
        month = each.on.replace(day=1)
        everybody.setdefault(month, []).append(each.level)
        if not story.is_new(each.subject):
            stayed.setdefault(month, []).append(each.level)
    return tuple([fmean(at[on]) for on in sorted(at)] for at in (everybody, stayed))


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_it_rises_once_coached_and_slips_as_it_grows(today):
    everybody, stayed = monthly(today)

    found = assess(everybody).finding
    assert (found.kind, found.direction) == (Verdict.SIGNAL, Direction.UP)
    assert 2 <= found.since <= 4  # coaching began in the fourth month
    limits = xmr(everybody)
    assert limits is not None
    assert (limits.finding.kind, limits.finding.direction) == (Verdict.SIGNAL, Direction.DOWN)
    assert limits.finding.since >= story.MONTHS - story.GREW
    throughout = xmr(stayed)
    assert throughout is not None
    assert throughout.finding.direction == Direction.UP


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_observation_lies_in_the_past_and_after_its_people_came(today):
    seen = story.observations(today)

    assert seen == story.observations(today)
    assert all(each.on < today and each.on.weekday() < 5 for each in seen)
    assert all(
        each.on
        > today - timedelta(weeks=min(story.WEEKS[n] for n in (each.subject, each.reviewer)))
        for each in seen
    )


def test_a_level_between_two_steps_comes_out_in_the_mean():
    levels = story.levels_of(
        SimpleNamespace(
            scale=SimpleNamespace(
                levels=SimpleNamespace(all=lambda: [SimpleNamespace(value=n) for n in range(5)])
            )
        )
    )
    chance = story.random.Random("mean")

    given = [story.near(levels, 0.6, chance) for _ in range(2000)]

    assert set(given) <= set(levels)
    assert fmean(given) == pytest.approx(2.4, abs=0.05)
