"""A person's self-ratings by skill: a small chart each, and the table behind it. Theirs alone."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.charts.run import Mark, Run, run_chart
from portal.people.models import User
from portal.practice.vocabulary import terms
from reflections.lines import short_day
from reflections.models import SelfRating
from reflections.models.self_rating import HIGHEST, LOWEST

SHOWN = 40  # of a skill, the latest: what a phone's width can tell apart


@dataclass(frozen=True)
class SkillSeries:
    """One skill, the person's ratings of it as a chart, and the same as (day, value, address)."""

    skill: str
    chart: Run
    rows: list[Mark]


def series_of(person: User) -> list[SkillSeries]:
    """In the order the field teaches the skills. One query."""
    given = SelfRating.objects.by(person).order_by("-at", "-pk")
    marks: dict[int, list[Mark]] = defaultdict(list)
    for skill, value, at, key in given.values_list("skill", "value", "at", "reflection__key"):
        if len(marks[skill]) < SHOWN:
            marks[skill].insert(0, _mark(value, at, key))
    return [
        SkillSeries(name, _chart(marks[skill]), marks[skill][::-1])
        for skill, name in terms()["skill"]
        if skill in marks
    ]


def _mark(value: int, at: datetime, key: UUID) -> Mark:
    when = short_day(at)
    label = _("%(day)s: %(value)d of 5") % {"day": when, "value": value}
    return Mark(value, when, label, reverse("reflections:reflections.show", args=[key]))


def _chart(marks: list[Mark]) -> Run:
    return run_chart(marks, words=lambda value: f"{value:.0f}", low=LOWEST, high=HIGHEST)
