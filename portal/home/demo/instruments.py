"""The demo's own instrument: published, reviewed with, and its next version in draft."""

import random
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from fidelity.building.document import fill
from fidelity.building.revisions import new_version
from fidelity.models import Entry, Instrument, Source, Version
from fidelity.scoring import State
from portal.agencies.models import Agency
from portal.home.demo.people import everyone
from portal.home.demo.reviews import on_day, scored
from portal.home.demo.sheets import Sheet, write
from portal.home.demo.words import FEEDBACK

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


SEEN = ("Amina", "Jonas", "Priya", "Maeve", "Dana", "Kwame", "Nadia", "Luis")
REWORDED = "The family chose the next step, in words of their own"


def load(agency: Agency, now: datetime) -> None:
    """A year of reviews with it, half with a version that is retired now; and the coach is at work
    on the words of one item for the third."""
    coach = everyone()["Linh"]
    version = Instrument.objects.begin(
        by=coach,
        agency=agency,
        name="Home visit check",
        about="How a visit goes, seen by someone who came along. Made by our own coaches.",
        sources=[Source.OBSERVATION],
    )
    fill(version, TOLD)
    version.publish(by=coach, at=now - timedelta(days=380))
    second = new_version(version.instrument, by=coach)
    second.items.filter(key="next-step").update(wording=REWORDED)
    second.publish(by=coach, at=now - timedelta(days=185))
    write(
        [
            *_visits(agency, version, range(12, 6, -1), now),
            *_visits(agency, second, range(6, 0, -1), now),
        ]
    )
    draft = new_version(version.instrument, by=coach)
    draft.items.filter(key="asked-in").update(wording="Waited at the door to be asked in")


def _visits(
    agency: Agency, version: Version, months: Iterable[int], now: datetime
) -> Iterator[Sheet]:
    """Two of three people a month, a little better each month."""
    people = everyone()
    chance = random.Random(f"visits {version.number}")  # noqa: S311  # the same demo every time
    items = list(version.sheet.items.all())
    for month in months:
        for number, name in enumerate(SEEN):
            if (month + number) % 3 == 0:
                continue
            entries = scored(items, 0.62 + 0.02 * (12 - month) + chance.gauss(0, 0.05), chance)
            entries["remembered"] = (
                Entry(State.NOT_APPLICABLE)
                if chance.random() < 0.15
                else Entry(value=float(chance.random() < 0.8))
            )
            day = (now - timedelta(days=30 * month - 3 * number)).date()
            yield Sheet(
                agency,
                version,
                people[name],
                people["Linh"],
                on_day(day),
                entries,
                words=chance.choice(FEEDBACK),
            )
