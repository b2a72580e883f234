"""The demo's calibration rounds, and what stands on its charts."""

import random
from datetime import datetime, timedelta

from fidelity.models import Annotation, CalibrationRound, Entry, Recording, Review, Version
from fidelity.models.recording import HERE
from portal.agencies.models import Agency
from portal.home.demo.people import everyone

RATERS = ("Ruth", "Samuel")
MASTER = "Linh"
MEETINGS = ("Team meeting A", "Team meeting B", "Team meeting C", "Team meeting D")


def load(agency: Agency, now: datetime) -> None:
    """Three rounds that are closed, a month apart, and one that is open; a note on growth."""
    people = everyone()
    chance = random.Random("calibrations")  # noqa: S311  # the same demo every time
    version = Version.objects.in_use().get(
        instrument__agency=None, instrument__name__icontains="wraparound"
    )
    for number, label in enumerate(MEETINGS):
        at = now - timedelta(days=5 + 30 * (len(MEETINGS) - 1 - number))
        recording = Recording.objects.create(
            agency=agency, origin=HERE, key=label.lower(), label=label
        )
        opened = CalibrationRound.objects.open(
            by=people[MASTER],
            agency=agency,
            version=version,
            recordings=[recording],
            raters=[people[name] for name in RATERS],
            master=people[MASTER],
            due_on=(at + timedelta(days=14)).date(),
            at=at,
        )
        if label != MEETINGS[-1]:
            score(opened, at + timedelta(days=3), chance)
    Annotation.objects.create(
        agency=agency,
        kind=Annotation.Kind.GROWTH,
        on=(now - timedelta(days=120)).date(),
        words="Twice as many families",
        by=people["Marisol"],
    )


def score(opened: CalibrationRound, at: datetime, chance: random.Random) -> None:
    """Everybody's scores: mostly the master's, or one off."""
    right: dict[str, float] = {}
    reviews = Review.objects.filter(seat__round=opened).select_related("version", "reviewer")
    for review in sorted(reviews, key=lambda review: review.reviewer != opened.master):
        entries = {}
        for item in review.version.with_items().items.all():
            if item.scale is None:
                continue
            levels = [float(level.value) for level in item.scale.levels.all()]
            if review.reviewer == opened.master:
                right[item.key] = chance.choice(levels[1:])
                value = right[item.key]
            else:
                value = right[item.key] + chance.choice([-1, 0, 0, 0, 1])
            entries[item.key] = Entry(value=min(max(value, min(levels)), max(levels)))
        assert review.reviewer is not None
        review.submit(by=review.reviewer, entries=entries, at=at)
