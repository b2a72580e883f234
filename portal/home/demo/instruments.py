"""The demo's own instrument: published, reviewed with, and its next version in draft."""

import random
from datetime import datetime, timedelta

from fidelity.building.document import fill
from fidelity.building.revisions import new_version
from fidelity.models import Feedback, Instrument, Review, Source
from portal.agencies.models import Agency
from portal.home.demo.people import everyone
from portal.home.demo.reviews import WORDS, practice_level, scored

LEFT_OUT = {"not_observed": "leave_out", "not_applicable": "leave_out", "missing": "stop"}
HOW_FAR = ["Not at all", "A little", "In part", "Mostly", "Fully"]
TOLD = {
    "scales": [
        {
            "name": "0 to 4, how far",
            "levels": [{"value": value, "label": label} for value, label in enumerate(HOW_FAR)],
        }
    ],
    "sections": ["At the door", "In the talk"],
    "items": [
        {
            "key": "asked-in",
            "section": "At the door",
            "kind": "scale",
            "scale": "0 to 4, how far",
            "wording": "Waited to be asked in, and asked where to sit",
        },
        {
            "key": "their-agenda",
            "section": "In the talk",
            "kind": "scale",
            "scale": "0 to 4, how far",
            "wording": "Began with what the family wanted to talk about",
        },
        {
            "key": "next-step",
            "section": "In the talk",
            "kind": "scale",
            "scale": "0 to 4, how far",
            "wording": "The next step was the family's own",
        },
        {
            "key": "remembered",
            "section": "In the talk",
            "kind": "yes_no_na",
            "wording": "Came back to what was agreed last time",
        },
    ],
    "measures": [
        {
            "key": "welcome",
            "name": "Guest in the house",
            "about": "0 to 100, with the talk counted twice.",
            "computed": "formula",
            "formula": "100 * (asked-in + 2 * mean(their-agenda, next-step)) / 12",
            "unit": "percent",
            "without_a_value": LEFT_OUT,
            "benchmarks": [
                {
                    "label": "our aim",
                    "value": 75,
                    "source": "Cedar Valley's practice plan",
                    "dated": "2026-01-15",
                }
            ],
        }
    ],
}


def load(agency: Agency, now: datetime) -> None:
    """Three months of reviews with it; and the coach is at work on the words of one item."""
    people = everyone()
    coach = people["Linh"]
    chance = random.Random("instruments")  # noqa: S311  # the same demo every time
    version = Instrument.objects.begin(
        by=coach,
        agency=agency,
        name="Home visit check",
        about="How a visit goes, seen by someone who came along. Made by our own coaches.",
        sources=[Source.OBSERVATION],
    )
    fill(version, TOLD)
    version.publish(by=coach, at=now - timedelta(days=100))
    items = list(version.sheet.items.all())
    for days in (80, 50, 20):
        for name in ("Amina", "Jonas"):
            at = now - timedelta(days=days)
            review = Review.objects.start(
                by=coach,
                subject=people[name],
                version=version,
                source=Source.OBSERVATION,
                practised_on=at.date(),
                at=at,
            )
            level = practice_level(days // 30, newcomer=False)
            review.submit(by=coach, entries=scored(items, level, chance), at=at)
            Feedback.objects.release(review, by=coach, text=chance.choice(WORDS), at=at)
    draft = new_version(version.instrument, by=coach)
    draft.items.filter(key="next-step").update(wording="The family chose the next step")
