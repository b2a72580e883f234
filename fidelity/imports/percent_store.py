"""Rows of percent scores into reviews: all or nothing, and a second time only what changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from fidelity.imports import staging
from fidelity.imports.copying import next_ids, written
from fidelity.imports.percents import Columns, Row
from fidelity.models import Imported, Instrument, Item, Measure, Review, Version
from fidelity.scoring import Given, State
from portal.agencies.models import Agency
from portal.audit.events import record
from portal.people.models import User

BATCH = 4000  # reviews
MOST_ENDS = 50_000  # kept of what measures come to
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
        # Ends of lines: the same percents come again and again.
        self.ends: dict[tuple[int, tuple[float | None, ...]], str] = {}

    def answers(self, review: int, row: Row) -> Iterator[str]:
        """A line of staged_answer for each item."""
        for item in self.items:
            place = self.places.get(item.key)
            value = None if place is None else row.scores[place]
            state = "missing" if value is None else "observed"
            yield f"{review}\t{item.pk}\t{state}\t{written(value)}\n"

    def scores(self, review: int, row: Row) -> Iterator[str]:
        """A line of staged_score for each measure."""
        if len(self.ends) > MOST_ENDS:
            self.ends.clear()
        for pk, keys, measure in self.measures:
            values = tuple(
                [row.scores[self.places[key]] if key in self.places else None for key in keys]
            )
            end = self.ends.get((pk, values))
            if end is None:
                end = self.ends[pk, values] = self._end(measure, keys, values)
            yield f"{review}\t{end}"

    @staticmethod
    def _end(measure: Measure, keys: list[str], values: tuple[float | None, ...]) -> str:
        found = measure.compute(
            {
                key: Given(value, State.MISSING if value is None else State.OBSERVED, 100.0)
                for key, value in zip(keys, values, strict=True)
            }
        )
        reason = found.reason.value if found.reason else ""
        return f"{measure.pk}\t{written(found.value)}\t{reason}\t{found.counted}\n"


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
    staging.begin()
    waiting: list[tuple[int | None, Row]] = []  # the review that changes, or none yet
    for row in rows:
        review, digest = known.get(row.key, (None, ""))
        if digest == row.digest:
            stored.unchanged += 1
            continue
        stored.new += review is None
        stored.changed += review is not None
        waiting.append((review, row))
        if len(waiting) >= BATCH:
            _stage(waiting, sheet)
            waiting.clear()
    _stage(waiting, sheet)
    staging.write(
        agency=agency.pk,
        instrument=version.instrument_id,
        version=version.pk,
        source=columns.source,
        annotator=ANNOTATOR,
        by=by.pk,
        at=at,
    )
    if stored.new or stored.changed:
        record("scores.imported", on=agency, by=by, agency=agency, at=at)
    return stored


def _stage(waiting: list[tuple[int | None, Row]], sheet: Sheet) -> None:
    ids = iter(next_ids(Review, sum(review is None for review, _row in waiting)))
    lines: list[str] = []
    answers: list[str] = []
    scores: list[str] = []
    for known, row in waiting:
        review = next(ids) if known is None else known
        facts = (review, known is None, row.person, row.day, row.key, row.digest)
        lines.append("\t".join(map(written, facts)) + "\n")
        answers += sheet.answers(review, row)
        scores += sheet.scores(review, row)
    staging.stage("staged_review", lines)
    staging.stage("staged_answer", answers)
    staging.stage("staged_score", scores)


def slug_of(name: str) -> str:
    return slugify(name)[:60] or "imported"
