"""Builders of instruments and reviews."""

from datetime import date, datetime
from typing import Any

from fidelity.models import (
    Amendment,
    Annotation,
    CalibrationRound,
    Entry,
    Feedback,
    Instrument,
    Item,
    Level,
    Measure,
    Recording,
    Review,
    Scale,
    Source,
    Version,
)
from portal.agencies.models import Agency
from portal.people.models import User
from tests.cast import Cast
from tests.make import numbers

AT = datetime.fromisoformat("2026-11-02T15:00:00+00:00")
RUBRIC = "wraparound-practice-rubric"
SELF_CHECK = "session-self-check"
CODING_SHEET = "mi-coding-sheet"


def shipped(slug: str = RUBRIC, **which: Any) -> Version:
    """The version that new reviews use, or one with another number."""
    found = Version.objects.filter(**which) if which else Version.objects.in_use()
    return found.get(instrument__slug=slug, instrument__agency=None)


def draft_version(agency: Agency, **fields: Any) -> Version:
    """A draft with one item on a 0 to 2 scale and its mean."""
    number = next(numbers)
    instrument = Instrument.objects.create(
        agency=agency,
        slug=f"instrument-{number}",
        name=f"Instrument {number}",
        sources=[Source.OBSERVATION],
    )
    version = Version.objects.create(instrument=instrument, **fields)
    scale = Scale.objects.create(version=version, name="0 to 2")
    for value in range(3):
        Level.objects.create(scale=scale, value=value, label=f"level {value}")
    Item.objects.create(
        version=version, key="first", place=1, kind="scale", scale=scale, wording="First"
    )
    Measure.objects.create(
        version=version,
        key="mean",
        place=1,
        name="Mean",
        formula="mean",
        parameters={"items": ["first"]},
        unit="points",
    )
    return version


def all_at(value: float, version: Version) -> dict[str, Entry]:
    """The same value for every item."""
    return {key: Entry(value=value) for key in version.items.values_list("key", flat=True)}


def draft(by: User, subject: User, version: Version | None = None, **fields: Any) -> Review:
    """An open draft; `source` is observation, or self for one's own."""
    fields.setdefault("source", Source.SELF if by == subject else Source.OBSERVATION)
    fields.setdefault("practised_on", date(2026, 11, 2))
    version = version or shipped(SELF_CHECK if by == subject else RUBRIC)
    return Review.objects.start(by=by, subject=subject, version=version, **fields)


def tallied_draft(by: User, subject: User, **fields: Any) -> Review:
    """An open draft of the coding sheet, whose items are counts."""
    fields.setdefault("source", Source.RECORDING)
    return draft(by, subject, version=shipped(CODING_SHEET), **fields)


def review(by: User, subject: User, value: float = 3, at: datetime = AT, **fields: Any) -> Review:
    """A submitted review that gives every item `value`."""
    opened = draft(by, subject, **fields)
    opened.submit(by=by, entries=all_at(value, opened.version), at=at)
    return opened


def feedback(
    by: User, subject: User, text: str = "You named a strength.", **fields: Any
) -> Feedback:
    """A released review's feedback."""
    return Feedback.objects.release(review(by, subject, **fields), by=by, text=text, at=AT)


def amendment(of: Review, value: float = 1, **fields: Any) -> Amendment:
    """Of a submitted review, by its reviewer: every item gets `value`."""
    fields.setdefault("reason", "I had the wrong meeting in mind.")
    assert of.reviewer is not None
    entries = fields.pop("entries", None) or all_at(value, of.version)
    return Amendment.objects.amend(of, by=of.reviewer, entries=entries, **fields)


def recording(agency: Agency, **fields: Any) -> Recording:
    key = str(next(numbers))
    fields.setdefault("label", f"Conversation {key}")
    return Recording.objects.create(
        agency=agency, origin="a lab", key=fields.pop("key", key), **fields
    )


def coding(cast: Cast, annotator: str = "annotator 1", **fields: Any) -> Review:
    """A submitted coding of one of Northside's recordings."""
    heard = fields.pop("recording", None) or recording(cast.northside.agency, quality="high")
    return Review.objects.create(
        agency=heard.agency,
        recording=heard,
        annotator=annotator,
        version=shipped(CODING_SHEET, number=1),  # what codings of utterances fill in
        source=Source.RECORDING,
        submitted_at=AT,
        **fields,
    )


def calibration_round(cast: Cast, **fields: Any) -> CalibrationRound:
    """The coach's open round of one recording; the supervisor scores too."""
    agency = cast.northside.agency
    fields.setdefault("recordings", [recording(agency)])
    fields.setdefault("raters", [cast.coach, cast.supervisor])
    fields.setdefault("version", shipped())
    return CalibrationRound.objects.open(by=cast.coach, agency=agency, at=AT, **fields)


def annotation(cast: Cast, **fields: Any) -> Annotation:
    """The coach's note on Northside's charts."""
    fields.setdefault("kind", Annotation.Kind.GROWTH)
    fields.setdefault("on", date(2026, 10, 1))
    return Annotation.objects.create(agency=cast.northside.agency, by=cast.coach, **fields)
