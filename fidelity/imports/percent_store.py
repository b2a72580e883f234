"""Rows of percent scores into reviews: all or nothing, and a second time only what changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from fidelity.imports.copying import copy, next_ids
from fidelity.imports.percents import Columns, Row
from fidelity.models import (
    Answer,
    Imported,
    Instrument,
    Item,
    Measure,
    Release,
    Review,
    Score,
    Version,
)
from fidelity.scoring import Given, Outcome, State
from portal.agencies.models import Agency
from portal.audit.events import record
from portal.people.models import User

BATCH = 4000  # reviews
ANNOTATOR = "imported"  # who reviewed is the other tool's knowledge
Known = dict[str, tuple[int, str]]  # review and digest, by the row's key


@dataclass
class Stored:
    """How many reviews were new, changed and unchanged."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


def known_rows(agency: Agency, version: Version | None, source: str) -> Known:
    """What earlier files of this tool brought. One query."""
    if version is None:
        return {}
    rows = Imported.objects.filter(
        agency=agency, instrument=version.instrument_id, source=source
    ).order_by()
    return {key: (pk, digest) for key, pk, digest in rows.values_list("key", "review", "digest")}


def make_instrument(agency: Agency, columns: Columns, *, by: User) -> Version:
    """A published instrument of the agency with a percent item and a measure for each column."""
    slugs = list(columns.scores.values())
    instrument = Instrument.objects.create(
        agency=agency,
        slug=slug_of(columns.name),
        name=columns.name,
        about="",
        sources=[columns.source],
    )
    version = Version.objects.create(instrument=instrument)
    Item.objects.bulk_create(
        Item(version=version, key=key, place=place, kind=Item.Kind.PERCENT, wording=name[:300])
        for place, (name, key) in enumerate(columns.scores.items(), start=1)
    )
    Measure.objects.bulk_create(
        Measure(
            version=version,
            key=key,
            place=place,
            name=name[:120],
            formula=Measure.FormulaName.MEAN,
            parameters={"items": [key]},
            unit=Measure.Unit.PERCENT,
        )
        for place, (name, key) in enumerate(zip(columns.scores, slugs, strict=True), start=1)
    )
    version.publish(by=by)
    return version


class Sheet:
    """A version's percent items that a file fills, and what its measures make of them."""

    def __init__(self, version: Version, keys: list[str]) -> None:
        self.version = version
        sheet = version.sheet
        self.places = {key: place for place, key in enumerate(keys)}
        self.measures = [
            (measure.pk, [key for part in measure.parameters.values() for key in part], measure)
            for measure in sheet.measures.all()
        ]
        # A measure of one item says what its answer would: that is not written twice.
        said = {tuple(keys) for _pk, keys, _measure in self.measures}
        self.items = [item for item in sheet.items.all() if (item.key,) not in said]
        self.outcomes: dict[tuple[Any, ...], Outcome] = {}  # the same percents come again and again

    def answers(self, row: Row) -> Iterable[tuple[int, str, float | None]]:
        """Each item with its state and value."""
        for item in self.items:
            place = self.places.get(item.key)
            value = None if place is None else row.scores[place]
            yield item.pk, "missing" if value is None else "observed", value

    def scores(self, row: Row) -> Iterable[tuple[int, Outcome]]:
        for pk, keys, measure in self.measures:
            values = tuple(
                row.scores[self.places[key]] if key in self.places else None for key in keys
            )
            known = (pk, values)
            if known not in self.outcomes:
                given = {
                    key: Given(value, State.MISSING if value is None else State.OBSERVED, 100.0)
                    for key, value in zip(keys, values, strict=True)
                }
                self.outcomes[known] = measure.compute(given)
            yield pk, self.outcomes[known]


@transaction.atomic
def store(
    rows: Iterable[Row], agency: Agency, columns: Columns, *, by: User, at: datetime
) -> Stored:
    """Write the rows as submitted reviews, released to whom they are of."""
    Agency.objects.select_for_update().get(pk=agency.pk)  # two imports take turns
    version = (
        Version.objects.get(pk=columns.version)
        if columns.version
        else make_instrument(agency, columns, by=by)
    )
    sheet = Sheet(version, list(columns.scores.values()))
    known = known_rows(agency, version, columns.source)
    stored = Stored()
    fresh: list[Row] = []
    changed: list[tuple[int, Row]] = []
    for row in rows:
        before = known.get(row.key)
        if before is None:
            fresh.append(row)
        elif before[1] != row.digest:
            changed.append((before[0], row))
        else:
            stored.unchanged += 1
        if len(fresh) >= BATCH:
            _add(fresh, agency, sheet, columns.source, by, at)
            stored.new += len(fresh)
            fresh = []
    _add(fresh, agency, sheet, columns.source, by, at)
    stored.new += len(fresh)
    for start in range(0, len(changed), BATCH):
        _change(changed[start : start + BATCH], sheet)
    stored.changed = len(changed)
    if stored.new or stored.changed:
        record("scores.imported", on=agency, by=by, agency=agency, at=at)
    return stored


def _add(
    rows: list[Row], agency: Agency, sheet: Sheet, source: str, by: User, at: datetime
) -> None:
    """The reviews last: the sums count once, when all that they hold is there."""
    if not rows:
        return
    pks = next_ids(Review, len(rows))
    _fill(zip(pks, rows, strict=True), sheet)
    copy(Release, ["review_id", "by_id", "at"], [(pk, by.pk, at) for pk in pks])
    copy(
        Imported,
        ["review_id", "agency_id", "instrument_id", "source", "key", "digest"],
        [
            (pk, agency.pk, sheet.version.instrument_id, source, row.key, row.digest)
            for pk, row in zip(pks, rows, strict=True)
        ],
    )
    copy(
        Review,
        ["id", "agency_id", "version_id", "subject_id", "annotator", "source", "practised_on",
         "started_at", "submitted_at"],
        [
            (pk, agency.pk, sheet.version.pk, row.person, ANNOTATOR, source, row.day, at, at)
            for pk, row in zip(pks, rows, strict=True)
        ],
    )  # fmt: skip


def _fill(pairs: Iterable[tuple[int, Row]], sheet: Sheet) -> None:
    answers: list[tuple[Any, ...]] = []
    scores: list[tuple[Any, ...]] = []
    for pk, row in pairs:
        answers += [(pk, item, state, value, "", "") for item, state, value in sheet.answers(row)]
        scores += [
            (pk, measure, found.value, found.reason.value if found.reason else "", found.counted)
            for measure, found in sheet.scores(row)
        ]
    copy(Answer, ["review_id", "item_id", "state", "value", "text", "note"], answers)
    copy(Score, ["review_id", "measure_id", "value", "reason", "counted"], scores)


def _change(pairs: list[tuple[int, Row]], sheet: Sheet) -> None:
    pks = [pk for pk, _row in pairs]
    reviews = Review.objects.in_bulk(pks)
    for pk, row in pairs:
        review = reviews[pk]
        review.subject_id, review.practised_on, review.team_id = row.person, row.day, None
        review.version = sheet.version
    # submitted_at too: with it the database finds the team of that day anew.
    Review.objects.bulk_update(
        reviews.values(),
        ["subject", "practised_on", "team", "version", "submitted_at"],
        batch_size=1000,
    )
    Answer.objects.filter(review__in=pks).delete()
    Score.objects.filter(review__in=pks).delete()
    _fill(pairs, sheet)
    marks = {mark.review_id: mark for mark in Imported.objects.filter(review__in=pks)}
    for pk, row in pairs:
        marks[pk].digest = row.digest
    Imported.objects.bulk_update(marks.values(), ["digest"], batch_size=1000)


def slug_of(name: str) -> str:
    return slugify(name)[:60] or "imported"
