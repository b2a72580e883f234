"""What is behind a mark: reviews in the order of practice, each with the value that it added."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from fidelity.filters import Filters, after
from fidelity.listed import addresses
from fidelity.models import Answer, Item, Measure, Review, Score, Source
from fidelity.names import names_of
from fidelity.tiles import leading_back, month
from portal.web.templatetags.ui import local_day

MOST = 200  # reviews on one page: a month of a large team has fewer


@dataclass(frozen=True)
class Behind:
    """`what` is the measure or the item; `rows` are (review, subject, reviewer, day, value)."""

    what: str
    instrument: str
    source: str
    when: str
    rows: list[tuple[int, int, int | None, date, str]]
    is_cut: bool = False


@dataclass(frozen=True)
class Row:
    url: str
    who: str
    day: str
    reviewer: str
    value: str


NOTHING = Behind("", "", "", "", [])


def behind(reviews: QuerySet[Review], filters: Filters, item: str) -> Behind:
    """The reviews of a series' month (or months), of those given. Three queries."""
    parts = filters.series.split(".")
    if len(parts) != 3 or parts[2] not in Source.values:
        return NOTHING
    instrument, key, source = parts
    shown = reviews.filter(version__instrument__slug=instrument, source=source)
    if filters.version:
        shown = shown.filter(version__number=filters.version)
    if filters.since:
        shown = shown.filter(practised_on__gte=filters.since)
    if filters.until:
        shown = shown.filter(practised_on__lt=after(filters.until))
    rows, named = _answers(shown, item) if item else _scores(shown, key)
    if named is None:
        return NOTHING
    span = sorted({month(on) for on in (filters.since, filters.until) if on})
    return Behind(
        str(named),
        str(named.version.instrument),
        str(Source(source).label),
        " – ".join(span) if len(span) < 2 else f"{month(filters.since)} – {month(filters.until)}",  # type: ignore[arg-type]
        rows[:MOST],
        len(rows) > MOST,
    )


def _scores(shown: QuerySet[Review], key: str) -> tuple[list[Any], Measure | None]:
    found = Score.objects.filter(review__in=shown, measure__key=key).select_related(
        "measure__version__instrument", "review"
    )
    scores = list(found.order_by("review__practised_on", "review")[: MOST + 1])
    rows = [(*_of(score.review), score.measure.words_for(score.value)) for score in scores]
    return rows, scores[-1].measure if scores else None


def _answers(shown: QuerySet[Review], key: str) -> tuple[list[Any], Item | None]:
    found = Answer.objects.filter(
        review__in=shown, item__key=key, value__isnull=False
    ).select_related("item__version__instrument", "item__scale", "review")
    found = found.prefetch_related("item__scale__levels")
    answers = list(found.order_by("review__practised_on", "review")[: MOST + 1])
    rows = [(*_of(answer.review), answer.words) for answer in answers]
    return rows, answers[-1].item if answers else None


def _of(review: Review) -> tuple[Any, ...]:
    return review.pk, review.subject_id, review.reviewer_id, review.practised_on


def told(found: Behind, *, here: str) -> list[Row]:
    """The rows with names and ways in; a review leads back `here`. One query."""
    people = {pk for _pk, subject, reviewer, *_more in found.rows for pk in (subject, reviewer)}
    names = names_of(people - {None})  # type: ignore[arg-type]
    show = addresses("fidelity:reviews.show")
    return [
        Row(
            leading_back(show(pk), here),
            names.get(subject, ""),
            local_day(day),
            names.get(reviewer, "") if reviewer else "",
            value,
        )
        for pk, subject, reviewer, day, value in found.rows
    ]
