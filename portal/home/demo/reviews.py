"""The demo's reviews of practice, by several raters and from several sources; and the expert codes
of real recordings, where the file is at hand. What course they take: story.py."""

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from io import TextIOBase
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management import call_command

from fidelity.models import (
    Amendment,
    Entry,
    Feedback,
    Press,
    Reading,
    Review,
    Source,
    Tally,
    Version,
)
from portal.agencies.models import Agency
from portal.home.demo import story
from portal.home.demo.people import NEIGHBOUR, everyone
from portal.home.demo.roll import TEAMS
from portal.home.demo.sheets import Sheet, write
from portal.home.demo.words import FEEDBACK
from portal.people.models import User

TEAM = TEAMS["Ruth"]
RUBRIC, SELF_CHECK, CODING_SHEET = (
    "wraparound-practice-rubric",
    "session-self-check",
    "mi-coding-sheet",
)
CODES = Path("shared/data/annomi-codes.csv")  # beside the project, where it is at hand at all
HEARD = ("Amina", "Priya", "Teo", "Jonas", "Sofia", "Keisha", "Ana")  # on recordings; they agreed
AT = time(15)  # when a review is sent, on the day of the practice (10 or 11 in the morning there)


def load(agency: Agency, now: datetime) -> None:
    """A year and a half of observations, a year of recordings, and what people say of themselves;
    feedback on all but the last."""
    people = everyone()
    neighbour = Agency.objects.get(name=NEIGHBOUR)
    write(
        [
            *_observed(agency, story.observations(now.date()), people, now),
            *_observed(neighbour, story.next_door(now.date()), people, now),
            *_heard(agency, people, now),
            *_of_themselves(agency, people, now),
        ]
    )
    amend_the_latest(now)


def version_of(slug: str) -> Version:
    """What new reviews are done with of an instrument that Trellis ships."""
    return Version.objects.in_use().get(instrument__agency=None, instrument__slug=slug)


def on_day(day: date) -> datetime:
    return datetime.combine(day, AT, UTC)


def _observed(
    agency: Agency, seen: Iterable[story.Observed], people: dict[str, User], now: datetime
) -> Iterator[Sheet]:
    chance = random.Random(f"scores of {agency.name}")  # noqa: S311  # the same demo every time
    version = version_of(RUBRIC)
    items = list(version.sheet.items.all())
    for each in seen:
        scores = story.scores_of(each, items, chance)
        at = on_day(each.on)
        yield Sheet(
            agency,
            version,
            people[each.subject],
            people[each.reviewer],
            at,
            {key: Entry(value=value) for key, value in scores},
            words=chance.choice(FEEDBACK) if at < now - timedelta(days=2) else "",
            read=at < now - timedelta(days=12),
        )


def _heard(agency: Agency, people: dict[str, User], now: datetime) -> Iterator[Sheet]:
    """Recordings, every six weeks: fewer questions in a row, more and deeper reflections."""
    chance = random.Random("recordings")  # noqa: S311  # the same demo every time
    version = version_of(CODING_SHEET)
    items = list(version.sheet.items.all())
    for number, name in enumerate(HEARD):
        coach = people["Ingrid" if name in ("Keisha", "Ana") else "Linh"]
        for turn in range(8, 0, -1):
            day = (now - timedelta(days=43 * turn - 3 * number)).date()
            if on_day(day) < people[name].joined_at + timedelta(weeks=4):
                continue
            learned = (8 - turn) / 8
            entries = {}
            for item in items:
                if item.scale:
                    level = 0.4 + 0.4 * learned + chance.gauss(0, 0.1)
                    value = story.near(story.levels_of(item), level, chance)
                else:
                    mean = COUNTS.get(item.key, (3, 3))
                    value = max(0, round(chance.gauss(_between(mean, learned), 1.2)))
                entries[item.key] = Entry(value=float(value))
            yield Sheet(
                agency,
                version,
                people[name],
                coach,
                on_day(day),
                entries,
                source=Source.RECORDING,
                words=chance.choice(FEEDBACK),
                read=day < (now - timedelta(days=12)).date(),
            )


# How often each thing is said in twenty minutes: at first, and after a year of coaching.
COUNTS = {
    "information": (7, 4),
    "persuade": (4, 1),
    "persuade-with-permission": (1, 3),
    "questions": (18, 11),
    "simple-reflections": (8, 9),
    "complex-reflections": (4, 11),
    "affirm": (1, 4),
    "seeking-collaboration": (1, 3),
    "emphasizing-autonomy": (1, 2),
    "confront": (1, 0),
}


def _between(ends: tuple[int, int], share: float) -> float:
    return ends[0] + (ends[1] - ends[0]) * share


def _of_themselves(agency: Agency, people: dict[str, User], now: datetime) -> Iterator[Sheet]:
    """Self-checks of one team, a month each: kinder than what others saw at first, then near it."""
    chance = random.Random("self-checks")  # noqa: S311  # the same demo every time
    version = version_of(SELF_CHECK)
    items = list(version.sheet.items.all())
    for number, name in enumerate(TEAM):
        for months in range(12, 0, -1):
            at = on_day((now - timedelta(days=30 * months - 2 * number - 1)).date())
            if at > now - timedelta(days=1):
                continue
            entries = {
                item.key: Entry(
                    value=story.near(story.levels_of(item), 0.8 + chance.gauss(0, 0.05), chance)
                )
                for item in items
            }
            yield Sheet(
                agency, version, people[name], people[name], at, entries, source=Source.SELF
            )


def tally_a_segment(now: datetime) -> None:
    """Linh is half way through a recording of Teo's, on the tally pad; he has consented by then."""
    people = everyone()
    chance = random.Random("tally")  # noqa: S311  # the same demo every time
    version = version_of(CODING_SHEET)
    at = now - timedelta(hours=8)
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
    """The last observation that Teo read has one answer mended since."""
    read = Review.objects.filter(feedback__read_at__isnull=False, source=Source.OBSERVATION)
    review = read.filter(subject=everyone()["Teo"]).latest("submitted_at", "pk")
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


def scored(items: list[Any], level: float, chance: random.Random) -> dict[str, Entry]:
    """Answers to a rubric's items, around a level from 0 to 1."""
    return {
        item.key: Entry(value=story.near(story.levels_of(item), level, chance))
        for item in items
        if item.scale
    }


def tell_lately(now: datetime) -> None:
    """What Amina and Teo have not read yet: seen two days ago, told yesterday."""
    people = everyone()
    chance = random.Random("lately")  # noqa: S311  # the same demo every time
    version = version_of(RUBRIC)
    for turn, (name, by) in enumerate((("Amina", "Ruth"), ("Teo", "Linh"))):
        at = now - timedelta(days=2, hours=8 + turn)
        review = Review.objects.start(
            by=people[by],
            subject=people[name],
            version=version,
            source=Source.OBSERVATION,
            practised_on=at.date(),
            at=at,
        )
        items = list(version.sheet.items.all())
        review.submit(by=people[by], entries=scored(items, 0.86, chance), at=at)
        Feedback.objects.release(
            review, by=people[by], text=FEEDBACK[turn], at=now - timedelta(hours=5 + turn)
        )


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
