"""The tally pad as its page shows it."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.utils import timezone

from fidelity.models import Clock, Item, Review, Score
from fidelity.models.answers import given_by_key

# A key a button, in the order of the instrument. "p" turns the clock, Backspace undoes.
KEYS = "1234567890qwertyuioasdfghjkl"
UNDOABLE = 100  # presses that a page which is opened anew can take back one by one


@dataclass(frozen=True)
class Button:
    item: Item
    count: int
    key: str  # of a keyboard; empty where there are no more


@dataclass(frozen=True)
class Pad:
    sections: list[tuple[str, list[Button]]]
    scores: list[Score]
    pressed: list[tuple[str, str]]  # (key, item) of the latest presses that stand
    ran: float  # seconds
    runs: bool
    next_key: UUID  # of the press that a page without script sends

    @property
    def clock(self) -> str:
        return minutes(self.ran)


def pad_of(review: Review) -> Pad:
    """Five queries."""
    counts, scores = counts_so_far(review), scores_so_far(review)
    sections: list[tuple[str, list[Button]]] = []
    for place, item in enumerate(review.counted_items):
        title = str(item.section or "")
        if not sections or sections[-1][0] != title:
            sections.append((title, []))
        sections[-1][1].append(Button(item, counts[item.key], KEYS[place : place + 1]))
    pressed = review.tallies.standing().order_by("-pk").values_list("key", "item__key")[:UNDOABLE]
    clock = Clock.objects.filter(review=review).first() or Clock()
    return Pad(
        sections,
        scores,
        [(str(key), item) for key, item in reversed(pressed)],
        clock.elapsed(timezone.now()),
        clock.runs,
        uuid4(),
    )


def counts_of(review: Review) -> dict[int, int]:
    """What was tallied, by item. No query for an instrument without counts, else one."""
    return review.tallies.counts() if review.counted_items else {}


def counts_so_far(review: Review) -> dict[str, int]:
    counts = counts_of(review)
    return {item.key: counts.get(item.pk, 0) for item in review.counted_items}


def scores_so_far(review: Review) -> list[Score]:
    """The measures of a draft as it stands, not stored. One query."""
    sheet = review.version.sheet
    answers = {answer.item_id: answer for answer in review.answers.all()}
    given = given_by_key(sheet.items.all(), answers)
    return [Score.of(review, each, each.compute(given)) for each in sheet.measures.all()]


def segment_of(review: Review) -> str:
    """How long the segment was that a submitted review counted in; empty where none ran."""
    clock = Clock.objects.filter(review=review).first() if review.counted_items else None
    return minutes(clock.elapsed(review.submitted_at)) if clock else ""


def minutes(seconds: float) -> str:
    """As a clock shows it: 20:03."""
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02}"
