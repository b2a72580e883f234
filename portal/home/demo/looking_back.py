"""What the demo's journals have to look back on: self-ratings, an entry of a year ago, and an
agency's own prompts."""

import random
import uuid
from datetime import datetime, timedelta

from portal.agencies.models import Agency
from portal.home.demo.journal import ENTRIES
from portal.home.demo.people import everyone
from portal.home.demo.reflections import write
from portal.practice.models import Skill
from reflections.models import PromptSet, Reflection

RATED = ("Amina", "Jonas")
QUESTIONS = [
    ("What do you want to leave here before you go home?", "Leave names out."),
    ("Who or what can carry it with you?", ""),
]


def load(agency: Agency, now: datetime) -> None:
    people = everyone()
    for name in RATED:
        chance = random.Random(name)  # noqa: S311  # the same demo every time
        skills = list(Skill.objects.all()[:2])
        entries = Reflection.objects.by(people[name]).kept().order_by("kept_at")
        for turn, entry in enumerate(entries):
            value = min(5, 2 + turn // 16 + chance.randrange(2))
            entry.rate((skills[turn % 2].pk, value), at=entry.kept_at)
    _a_year_ago(now)
    PromptSet.offer(
        agency,
        QUESTIONS,
        key=uuid.UUID(int=1),
        by=people["Marisol"],
        at=now - timedelta(weeks=8),
        name="After a hard day",
    )


def _a_year_ago(now: datetime) -> None:
    author = everyone()["Amina"]
    prompts = PromptSet.objects.offered_to(author).first()
    if prompts is not None:
        write(author, prompts, ENTRIES[-1], now - timedelta(days=365))
