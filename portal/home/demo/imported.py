"""The demo's scores from another tool: a family survey whose percents came by a file. What families
say of natural supports fell as the programme grew, and it can be read here first."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from fidelity.imports.percent_store import store
from fidelity.imports.percents import Columns, Row
from fidelity.models import Version
from portal.agencies.models import Agency
from portal.home.demo.people import everyone
from portal.home.demo.roll import FOUNDED, GROWTH, TEAMS
from portal.home.demo.story import is_new, month_before
from portal.people.models import User

# Percent, the oldest month first: of those who were there throughout. Newcomers start far below.
OVERALL = (66, 67, 69, 72, 76, 79, 82, 84, 85, 85, 84, 83, 82, 82, 81, 81, 80, 80)
TEAMWORK = (68, 69, 71, 74, 78, 82, 84, 86, 87, 86, 85, 84, 83, 82, 82, 81, 81, 81)
NATURAL = (79, 80, 79, 81, 74, 80, 82, 81, 82, 81, 78, 78, 76, 76, 75, 75, 75, 74)
NEWCOMERS = {"Overall": -14, "Teamwork": -15, "Natural supports": -16}
PARTS = {"Overall": "overall", "Teamwork": "teamwork", "Natural supports": "natural-supports"}


def load(agency: Agency, now: datetime) -> None:
    """A year and a half of answers about the people who were there, in a file a quarter."""
    people = everyone()
    chance = random.Random("imported")  # noqa: S311  # the same demo every time
    rows: list[Row] = []
    columns = Columns(
        person="worker",
        day="date",
        day_format="%Y-%m-%d",
        source="family_survey",
        scores=PARTS,
        key="record",
        name="Family survey (another tool)",
    )
    for ago, *levels in zip(range(18, 0, -1), OVERALL, TEAMWORK, NATURAL, strict=True):
        rows += _month(ago, levels, people, now, chance)
        if ago % 3 == 1:  # its file came some days after the quarter
            after = datetime.combine(month_before(now.date(), ago - 1), time(14), UTC)
            at = min(after + timedelta(days=4), now - timedelta(hours=6))
            store(rows, agency, columns, by=people["Marisol"], at=at)
            used = Version.objects.get(instrument__agency=agency, instrument__name=columns.name)
            columns = replace(columns, version=used.pk)
            rows = []


def _month(
    ago: int, levels: list[int], people: dict[str, User], now: datetime, chance: random.Random
) -> Iterator[Row]:
    """One answer about four of five people."""
    first = month_before(now.date(), ago)
    team = [name for lead in (*FOUNDED, *GROWTH) for name in TEAMS[lead]]
    for number, name in enumerate(team):
        if people[name].joined_at.date() >= first or (ago + number) % 5 == 0:
            continue
        shifts = NEWCOMERS.values() if is_new(name) else (0, 0, 0)
        scores = tuple(
            float(min(100, max(0, round(chance.gauss(level + shift, 7)))))
            for level, shift in zip(levels, shifts, strict=True)
        )
        day = first + timedelta(days=number % 28)
        yield Row(number + 2, f"{ago}-{number}", people[name].pk, day, scores)
