"""Many submitted reviews at once, by the very steps that submit one: `Review.fill`, row by row,
takes minutes for a year and a half of a programme."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from fidelity.models import Entry, Feedback, Release, Review, Score, Source, Version
from fidelity.models.answer import Answer
from fidelity.models.answers import given_by_key, rows_of
from portal.agencies.models import Agency
from portal.people.models import User


@dataclass
class Sheet:
    """One review to write: submitted at `at`, and told to its subject where there are words."""

    agency: Agency
    version: Version
    subject: User
    reviewer: User
    at: datetime
    entries: Mapping[str, Entry]
    source: str = Source.OBSERVATION
    words: str = ""
    read: bool = True


def write(sheets: Iterable[Sheet]) -> list[Review]:
    """Reviews with answers and the scores that their version's measures compute; each that has
    words is released a day later. Nobody is told: of old ones nobody would be today."""
    sheets = list(sheets)
    reviews = Review.objects.bulk_create(
        Review(
            agency=each.agency,
            version=each.version,
            subject=each.subject,
            reviewer=each.reviewer,
            source=each.source,
            practised_on=each.at.date(),
            started_at=each.at,
            submitted_at=each.at,
        )
        for each in sheets
    )
    answers: list[Answer] = []
    scores: list[Score] = []
    for each, review in zip(sheets, reviews, strict=True):
        items = list(each.version.sheet.items.all())
        entries = {item.key: each.entries.get(item.key, Entry.missing()) for item in items}
        rows = rows_of(review, items, entries)
        given = given_by_key(items, {row.item_id: row for row in rows})
        answers += rows
        scores += [
            Score.of(review, measure, measure.compute(given))
            for measure in each.version.sheet.measures.all()
        ]
    Answer.objects.bulk_create(answers, batch_size=2000)
    Score.objects.bulk_create(scores, batch_size=2000)
    _release([pair for pair in zip(sheets, reviews, strict=True) if pair[0].words])
    return reviews


def _release(told: list[tuple[Sheet, Review]]) -> None:
    day = timedelta(days=1)
    Release.objects.bulk_create(
        Release(review=review, by=each.reviewer, at=each.at + day) for each, review in told
    )
    Feedback.objects.bulk_create(
        Feedback(
            review=review,
            author=each.reviewer,
            text=each.words,
            written_at=each.at + day,
            read_at=each.at + 2 * day if each.read else None,
        )
        for each, review in told
    )
