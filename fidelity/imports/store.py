"""Codings into reviews: all or nothing, and a second time only what changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from fidelity.imports.codes import ITEMS, CannotRead, Coding
from fidelity.models import Answer, Measure, Recording, Review, Score, Source, Utterances, Version
from fidelity.scoring import Given
from portal.agencies.models import Agency
from portal.audit.events import record

ORIGIN = "AnnoMI: Wu and others, Future Internet 2023, 15(3):110, doi 10.3390/fi15030110"
SHEET = "mi-coding-sheet"


@dataclass(frozen=True)
class Stored:
    """How many reviews were new, changed, unchanged; and how many are here but not in the file."""

    new: int
    changed: int
    unchanged: int
    absent: int

    @property
    def total(self) -> int:
        return self.new + self.changed + self.unchanged


@transaction.atomic
def store(codings: list[Coding], agency: Agency, *, at: datetime | None = None) -> Stored:
    """Write one review per coding into `agency`.

    A coding is known by its conversation and annotator. Those that the file no longer has stay:
    a smaller file is no order to delete. Raises CannotRead without a coding sheet in use.
    """
    at = at or timezone.now()
    Agency.objects.select_for_update().get(pk=agency.pk)  # two imports take turns
    version = _sheet()
    recordings = _recordings(codings, agency)
    before = {
        (review.recording_id, review.annotator): review
        for review in Review.objects.filter(recording__agency=agency, recording__origin=ORIGIN)
        .exclude(annotator="")
        .filter(version__instrument=version.instrument)
        .select_related("version", "utterances")
        .prefetch_related("answers__item", "version__measures")
    }
    fresh, changed = [], []
    for coding in codings:
        known = before.pop((recordings[coding.transcript].pk, name_of(coding)), None)
        if known is None:
            fresh.append((_review(coding, recordings[coding.transcript], version, at), coding))
        elif _counts_of(known) != coding.counts or _lines_of(known) != coding.lines:
            changed.append((known, coding))
    Review.objects.bulk_create([review for review, _ in fresh])
    for rows in (Answer, Score, Utterances):
        rows.objects.filter(review__in=[review for review, _ in changed]).delete()
    _fill([*fresh, *changed], version)
    if fresh or changed:
        record("codings.imported", on=agency, by=None, agency=agency, at=at)
    return Stored(len(fresh), len(changed), len(codings) - len(fresh) - len(changed), len(before))


def name_of(coding: Coding) -> str:
    return f"annotator {coding.annotator}"


def _sheet() -> Version:
    """The latest version that asks for all that the codes count: not MITI 4's, which does not tell
    open from closed questions. Retired or not: the conversations were coded long ago."""
    published = (
        Version.objects.published()
        .filter(instrument__slug=SHEET, instrument__agency=None)
        .select_related("instrument")
        .prefetch_related("items", "measures")
        .order_by("-number")
    )
    for version in published:
        if set(ITEMS) <= {item.key for item in version.items.all()}:
            return version
    raise CannotRead(
        "The coding sheet that these codes fill in is not here. Run ./run or "
        "manage.py migrate first, which brings it."
    )


def _recordings(codings: list[Coding], agency: Agency) -> dict[str, Recording]:
    """The conversations by their number, made or brought up to date."""
    rows = {
        coding.transcript: Recording(
            agency=agency,
            origin=ORIGIN,
            key=coding.transcript,
            label=f"Conversation {coding.transcript}",
            topic=coding.topic[:200],
            quality=coding.quality,
        )
        for coding in codings
    }
    saved = Recording.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["agency", "origin", "key"],
        update_fields=["topic", "quality"],
    )
    return {recording.key: recording for recording in saved}


def _review(coding: Coding, recording: Recording, version: Version, at: datetime) -> Review:
    return Review(
        agency_id=recording.agency_id,
        version=version,
        recording=recording,
        annotator=name_of(coding),
        source=Source.RECORDING,
        started_at=at,
        submitted_at=at,
    )


def _counts_of(review: Review) -> dict[str, int]:
    return {
        answer.item.key: int(answer.value)
        for answer in review.answers.all()
        if answer.value is not None
    }


def _lines_of(review: Review) -> list[list[str]] | None:
    """None of a coding that was imported before lines were kept: importing it again fills them."""
    kept = getattr(review, "utterances", None)
    return kept.lines if kept else None


def _fill(pairs: Iterable[tuple[Review, Coding]], newest: Version) -> None:
    """Answers, scores and lines; a review that was here keeps the version it was made with."""
    answers, scores, said = [], [], []
    sheets = {newest.pk: newest}
    for review, coding in pairs:
        version = sheets.setdefault(review.version_id, review.version)
        measures: list[Measure] = list(version.measures.all())
        given = {key: Given(float(count)) for key, count in coding.counts.items()}
        answers += [
            Answer(review=review, item=item, value=float(coding.counts[item.key]))
            if item.key in coding.counts
            else Answer(review=review, item=item, state=Answer.States.MISSING)
            for item in version.items.all()
        ]
        scores += [Score.of(review, measure, measure.compute(given)) for measure in measures]
        said.append(Utterances(review=review, lines=coding.lines))
    Answer.objects.bulk_create(answers)
    Score.objects.bulk_create(scores)
    Utterances.objects.bulk_create(said)
