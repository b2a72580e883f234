"""The demo's calibration rounds, and what stands on its charts."""

import random
from datetime import datetime, timedelta
from string import ascii_uppercase

from fidelity.models import Annotation, CalibrationRound, Entry, Recording, Review
from fidelity.models.recording import HERE
from portal.agencies.models import Agency
from portal.home.demo.people import everyone
from portal.home.demo.reviews import RUBRIC, version_of

RATERS = ("Ruth", "Samuel", "Beatrice", "Helen", "Ingrid")
MASTER = "Linh"
ROUNDS, APART, EACH = 8, 60, 2  # how many, days between two, recordings in one
DRIFTS, SINCE = "Samuel", 5  # of whom the scores rise, from which round on
STEADY = {"Ruth": 0, "Beatrice": -0.05, "Helen": 0.05, "Ingrid": 0}


def load(agency: Agency, now: datetime) -> None:
    """A round every two months, the last of them open: one rater has become more generous.
    What happened to the programme stands on its charts."""
    people = everyone()
    chance = random.Random("calibrations")  # noqa: S311  # the same demo every time
    version = version_of(RUBRIC)
    for number in range(ROUNDS):
        at = now - timedelta(days=5 + APART * (ROUNDS - 1 - number), hours=9)
        recordings = Recording.objects.bulk_create(
            Recording(agency=agency, origin=HERE, key=label.lower(), label=label)
            for label in (f"Team meeting {ascii_uppercase[number]}{n + 1}" for n in range(EACH))
        )
        opened = CalibrationRound.objects.open(
            by=people[MASTER],
            agency=agency,
            version=version,
            recordings=recordings,
            raters=[people[name] for name in RATERS if people[name].joined_at < at],
            master=people[MASTER],
            due_on=(at + timedelta(days=14)).date(),
            at=at,
        )
        if number < ROUNDS - 1:
            score(opened, number, at + timedelta(days=3), chance)
    kinds = Annotation.Kind
    for kind, weeks, words, by in (
        (kinds.OTHER, 65, "Coaching began: a visit a month", "Linh"),
        (kinds.GROWTH, 37, "Twice as many families", "Marisol"),
        (kinds.SUPERVISOR, 36, "Two new teams, two new supervisors", "Marisol"),
    ):
        Annotation.objects.create(
            agency=agency,
            kind=kind,
            on=(now - timedelta(weeks=weeks)).date(),
            words=words,
            by=people[by],
        )


def score(opened: CalibrationRound, number: int, at: datetime, chance: random.Random) -> None:
    """Everybody's scores: mostly the master's, or one off; one rater's rise as the rounds go on."""
    right: dict[tuple[int | None, str], float] = {}
    reviews = Review.objects.filter(seat__round=opened).select_related("version", "reviewer")
    for review in sorted(reviews, key=lambda review: (review.reviewer != opened.master, review.pk)):
        assert review.reviewer is not None
        name, entries = review.reviewer.name.split()[0], {}
        for item in review.version.sheet.items.all():
            if review.reviewer == opened.master:
                right[review.recording_id, item.key] = float(chance.choice((1, 2, 2, 3, 3)))
                value = right[review.recording_id, item.key]
            else:
                value = right[review.recording_id, item.key] + _apart(name, number, chance)
            entries[item.key] = Entry(value=min(max(value, 0.0), 4.0))
        review.submit(by=review.reviewer, entries=entries, at=at)


def _apart(name: str, number: int, chance: random.Random) -> int:
    """How far from the master: one off in a fifth of the items, either way; of the one who drifts,
    more and more often above."""
    above = 0.1 + STEADY.get(name, 0)
    if name == DRIFTS and number >= SINCE:
        above = 0.75 + 0.1 * (number - SINCE)
    turn = chance.random()
    return 1 if turn < above else -1 if turn > 0.9 and above < 0.5 else 0
