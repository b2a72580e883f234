"""The story that the demo's reviews tell, before any row is written. Pure.

A programme learned wraparound: 64% when it began, more once coaching did, 86% a year on. Then it
doubled, and its mean slipped to 69. Those who had been there throughout slipped little: it is who
is scored that changed most. What slipped furthest is what takes the most time in a family's own
circle: natural supports, and the team. (The course is much like a real programme's: WERT, 2020.)
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fidelity.suppression import is_small
from portal.home.demo.roll import FOUNDED, GROWTH, PEOPLE, TEAMS

MONTHS = 18
COACHED, GREW = 15, 8  # months ago
# Of those who were there throughout: percent by month, the oldest first, and this month's.
FOUNDERS = (64, 65, 67, 72, 79, 83, 85, 87, 87, 88, 87, 87, 86, 85, 85, 84, 84, 83, 83)
# Of those who came with the growth, by the months since their first review.
NEWCOMERS = (68, 63, 59, 56, 55, 54, 54, 55)
# What comes easier, and what harder, than the mean of a person; and what the growth cost.
EASIER = {"strengths-based": 0.07, "family-voice-and-choice": 0.06, "community-based": 0.03}
HARDER = {"outcomes-based": -0.05, "natural-supports": -0.04, "team-based": -0.02}
COST = {"natural-supports": -0.22, "team-based": -0.15, "outcomes-based": 0.05, "persistence": 0.1}
FORGOTTEN = "Andre"  # nobody came to see him for half a year
SETTLING = timedelta(weeks=2)  # before a newcomer is watched for the first time

WEEKS = {name.split()[0]: weeks for name, _roles, weeks in PEOPLE}


@dataclass(frozen=True)
class Observed:
    """One review to be: of whom, by whom, when; the level is from 0 to 1."""

    subject: str
    reviewer: str
    on: date
    level: float
    since_growth: bool


def observations(today: date) -> list[Observed]:
    """Of the programme that grew: eighteen whole months and this one, the oldest first."""
    chance = random.Random("observations")  # noqa: S311  # the same demo every time
    found: list[Observed] = []
    for ago in range(MONTHS, -1, -1):
        month = list(_month(ago, today, chance))
        if ago or not is_small(len(month)):  # a month that has just begun would be hidden
            found += month
    return sorted(found, key=lambda each: (each.on, each.subject))


def _month(ago: int, today: date, chance: random.Random) -> Iterator[Observed]:
    first = month_before(today, ago)
    last = min(month_before(today, ago - 1), today) - timedelta(days=1)
    people = [name for lead in (*FOUNDED, *GROWTH) for name in TEAMS[lead]]
    for number, name in enumerate(people):
        lead = next(lead for lead, team in TEAMS.items() if name in team)
        new = is_new(name)
        day = _weekday(first + timedelta(days=chance.randrange(28)))
        wobble, of_coach = chance.gauss(0, 0.025), chance.random() < 0.7
        begin = today - timedelta(weeks=WEEKS[name]) + SETTLING
        if new and day < begin <= last:
            day = _weekday(begin)
        left_out = (ago + number) % 5 == 0 and not (new and ago == GREW - 1)
        left_out = left_out or (name == FORGOTTEN and ago < 6)
        if left_out or day < begin or day > last or (new and ago >= GREW):
            continue
        coach = "Ingrid" if lead in GROWTH else "Linh"
        level = NEWCOMERS[GREW - 1 - ago] if new else FOUNDERS[MONTHS - ago]
        yield Observed(name, coach if of_coach else lead, day, level / 100 + wobble, ago < GREW)


def next_door(today: date) -> list[Observed]:
    """Of the neighbouring agency: a year, a few reviews a month."""
    chance = random.Random("next door")  # noqa: S311  # the same demo every time
    found = []
    people = [name for lead in ("Owen", "Paula") for name in TEAMS[lead]]
    for ago in range(12, 0, -1):
        for number, name in enumerate(people):
            day = _weekday(month_before(today, ago) + timedelta(days=chance.randrange(28)))
            level = 0.7 + chance.gauss(0, 0.03)
            if (ago + number) % 2 or day < today - timedelta(weeks=WEEKS[name]) + SETTLING:
                continue
            found.append(Observed(name, "Simone", day, level, since_growth=False))
    return sorted(found, key=lambda each: (each.on, each.subject))


def scores_of(
    seen: Observed, items: Iterable[Any], chance: random.Random
) -> Iterator[tuple[str, float]]:
    """A level for each item of a rubric, around the observed level."""
    new = is_new(seen.subject)
    for item in items:
        shift = EASIER.get(item.key, 0) + HARDER.get(item.key, 0)
        if seen.since_growth:
            shift += COST.get(item.key, 0) * (1 if new else 0.3)
        yield item.key, near(levels_of(item), seen.level + shift, chance)


def is_new(name: str) -> bool:
    """Whether they came with the growth, or since."""
    return WEEKS[name] < GREW * 5


def levels_of(item: Any) -> list[float]:
    return sorted(float(step.value) for step in item.scale.levels.all())


def near(levels: Sequence[float], level: float, chance: random.Random) -> float:
    """One of the levels, so that many of them come to `level` (0 to 1) in the mean."""
    place = min(max(level, 0), 1) * (len(levels) - 1) + chance.gauss(0, 0.25)
    below = min(max(int(place), 0), len(levels) - 2)
    return levels[below + (chance.random() < place - below)]


def month_before(today: date, months: int) -> date:
    """The first day of the month so many before today's."""
    count = today.year * 12 + today.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def _weekday(day: date) -> date:
    """The same day, or one near it in the same month: nobody is watched at a weekend."""
    over = max(0, day.weekday() - 4)
    return day - timedelta(days=over) if day.day > 2 else day + timedelta(days=3 * (over > 0))
