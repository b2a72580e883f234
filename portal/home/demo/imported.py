"""The demo's scores from another tool: a family survey whose percents came by a file. The course is
a real programme's (WERT, 2020): 64% at first, 72 trained, 86 coached, 72 after growth."""

import random
from datetime import datetime, timedelta

from fidelity.imports.percent_store import store
from fidelity.imports.percents import Columns, Row
from portal.agencies.models import Agency
from portal.home.demo.people import everyone
from portal.home.demo.reviews import TEAM

COURSE = (64, 66, 70, 72, 76, 80, 84, 86, 85, 81, 76, 72)  # percent, a month each
EACH = 36  # families that answered in a month: enough that a team of four is not too small
PARTS = {"Overall": "overall", "Teamwork": "teamwork", "Natural supports": "natural-supports"}


def load(agency: Agency, now: datetime) -> None:
    """A year of answers about the people who were there."""
    people = everyone()
    chance = random.Random("imported")  # noqa: S311  # the same demo every time
    rows: list[Row] = []
    for months, level in zip(range(12, 0, -1), COURSE, strict=True):
        day = (now - timedelta(days=30 * months)).date()
        there = [people[name] for name in TEAM if people[name].joined_at.date() < day]
        for number in range(EACH if there else 0):
            person = there[number % len(there)]
            scores = tuple(
                float(min(100, max(0, round(chance.gauss(level + shift, 6)))))
                for shift in (0, 3, -8)
            )
            rows.append(Row(len(rows) + 2, f"{months}-{number}", person.pk, day, scores))
    columns = Columns(
        person="worker",
        day="date",
        day_format="%Y-%m-%d",
        source="family_survey",
        scores=PARTS,
        key="record",
        name="Family survey (another tool)",
    )
    store(rows, agency, columns, by=people["Marisol"], at=now)
