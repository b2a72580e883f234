"""The demo's reviews of practice: a programme that rose with coaching and slipped as it grew; and
the expert codes of real recordings, where the file is at hand."""

import random
from datetime import datetime, timedelta
from io import TextIOBase
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management import call_command

from fidelity.models import Amendment, Entry, Feedback, Press, Reading, Review, Tally, Version
from portal.agencies.models import Agency
from portal.home.demo.people import everyone, supervisor_of

TEAM = ("Amina", "Jonas", "Priya", "Teo", "Dana", "Elijah", "Noor", "Grace")
CODING_SHEET = "mi-coding-sheet"
CODES = Path("shared/data/annomi-codes.csv")  # beside the project, where it is at hand at all
WORDS = [
    "You waited after the second question, and the plan changed because of what came. Keep that.",
    "The team spoke in its own words today. Next time, name the strength before the task.",
    "Warm and clear. Two suggestions came before anyone had asked: try offering first.",
    "I saw you hand the pen over. That is voice and choice, and it took you five seconds.",
]


def load(agency: Agency, now: datetime) -> None:
    """A year of observations, about one a person every two months, and feedback on each."""
    people = everyone()
    chance = random.Random("reviews")  # noqa: S311  # the same demo every time
    version = Version.objects.in_use().get(
        instrument__agency=None, instrument__name__icontains="wraparound"
    )
    items = list(version.items.all())
    for months in range(12, 0, -1):
        for number, name in enumerate(TEAM):
            at = now - timedelta(days=30 * months - chance.randrange(20))
            person = people[name]
            if (months + number) % 2 or at < person.joined_at + timedelta(weeks=3):
                continue
            reviewer = people["Linh"] if number % 3 else supervisor_of(people, person)
            if at < reviewer.joined_at:
                continue
            review = Review.objects.start(
                by=reviewer,
                subject=person,
                version=version,
                source="observation",
                practised_on=at.date(),
                at=at,
            )
            level = practice_level(months, newcomer=at - person.joined_at < timedelta(weeks=30))
            review.submit(by=reviewer, entries=scored(items, level, chance), at=at)
            later = at + timedelta(days=1)
            feedback = Feedback.objects.release(
                review, by=reviewer, text=chance.choice(WORDS), at=later
            )
            if later < now - timedelta(days=20):
                feedback.read(by=person, at=later + timedelta(days=1))
    amend_the_latest(now)


def tally_a_segment(now: datetime) -> None:
    """Linh is half way through a recording of Teo's, on the tally pad; he has consented by then."""
    people = everyone()
    chance = random.Random("tally")  # noqa: S311  # the same demo every time
    version = Version.objects.in_use().get(instrument__agency=None, instrument__slug=CODING_SHEET)
    at = now - timedelta(hours=20)
    draft = Review.objects.start(
        by=people["Linh"],
        subject=people["Teo"],
        version=version,
        source="recording",
        practised_on=at.date(),
        at=at,
    )
    counted = [item.key for item in draft.counted_items]
    heard = chance.choices(counted, range(len(counted), 0, -1), k=24)
    presses = [
        Press(UUID(int=chance.getrandbits(128), version=4), key, ago=(24 - n) * 25, second=n * 25)
        for n, key in enumerate(heard)
    ]
    Tally.objects.take(draft, presses, clock=Reading(600, runs=False), at=at)


def amend_the_latest(now: datetime) -> None:
    """The last review that was read has one answer mended since."""
    review = Review.objects.filter(feedback__read_at__isnull=False).latest("submitted_at", "pk")
    entries = {
        answer.item.key: Entry.of(answer) for answer in review.answers.select_related("item")
    }
    assert review.reviewer is not None
    key, was = next((key, each) for key, each in entries.items() if each.value)
    entries[key] = Entry(
        value=(was.value or 0) - 1, note="The list was the team's, not the family's."
    )
    Amendment.objects.amend(
        review,
        by=review.reviewer,
        entries=entries,
        reason="I had given a point for a list that the team brought along.",
        at=now - timedelta(days=1),
    )


def practice_level(months: int, *, newcomer: bool) -> float:
    """Where practice stood, 0 to 1, so many months ago: up with coaching, down with growth."""
    course = 0.62 + 0.03 * (12 - months) if months > 4 else 0.86 - 0.035 * (5 - months)
    return course - (0.1 if newcomer else 0.0)


def scored(items: list[Any], level: float, chance: random.Random) -> dict[str, Entry]:
    """Answers to a rubric's items, around a level from 0 to 1."""
    entries = {}
    for item in items:
        if item.scale is None:
            continue
        levels = sorted(float(step.value) for step in item.scale.levels.all())
        near = levels[0] + (levels[-1] - levels[0]) * chance.gauss(level, 0.14)
        _distance, nearest = min((abs(step - near), step) for step in levels)
        entries[item.key] = Entry(value=nearest)
    return entries


def import_codes(agency: Agency, out: TextIOBase | Any) -> None:
    """Import the expert codes of real recordings, or say where they were looked for."""
    if path := codes_file():
        call_command("import_codes", str(path), agency=agency.name, stdout=out)
        return
    out.write(
        "The expert codes of recorded conversations (shared/data/annomi-codes.csv beside the"
        " project) are not here: import them later by ./run manage import_codes PATH"
    )


def codes_file() -> Path | None:
    """The file of codes, in a folder `shared` beside the project or above it."""
    places = (folder / CODES for folder in (settings.BASE_DIR, *settings.BASE_DIR.parents))
    return next((place for place in places if place.is_file()), None)
