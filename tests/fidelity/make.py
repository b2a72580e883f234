"""Builders of instruments and reviews."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile

from fidelity.models import (
    Amendment,
    Annotation,
    CalibrationRound,
    Consent,
    Entry,
    Experiment,
    Feedback,
    FocusGoal,
    Instrument,
    Item,
    Level,
    Measure,
    Recording,
    Review,
    SamplingPlan,
    Scale,
    Source,
    Upload,
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
    """An open draft of the coding sheet, whose items are counts; the person has consented."""
    fields.setdefault("source", Source.RECORDING)
    consent(subject, Agency.objects.get(positions__person=subject))
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


CSV = b"worker,date,record id,Overall\namara@example.org,2026-05-04,1,72%\n"


def upload(by: User, agency: Agency, content: bytes = CSV, **fields: Any) -> Upload:
    """A file of percent scores, handed in; its columns are not named yet."""
    fields.setdefault("kind", Upload.Kind.PERCENTS)
    return Upload.objects.create(
        agency=agency,
        by=by,
        name="scores.csv",
        file=ContentFile(content, name="scores.csv"),
        lines=content.count(b"\n"),
        uploaded_at=AT,
        expires_at=AT + timedelta(days=1),
        **fields,
    )


def annotation(cast: Cast, **fields: Any) -> Annotation:
    """The coach's note on Northside's charts."""
    fields.setdefault("kind", Annotation.Kind.GROWTH)
    fields.setdefault("on", date(2026, 10, 1))
    return Annotation.objects.create(agency=cast.northside.agency, by=cast.coach, **fields)


def consent(person: User, agency: Agency, **fields: Any) -> Consent:
    """Given by the person themself, before anything that is scored in tests."""
    fields = {"how": "here", "given_on": date(2026, 1, 1), "recorded_by": person} | fields
    return Consent.objects.create(person=person, agency=agency, **fields)


def goal(cast: Cast, *, agreed: bool = True, **words: Any) -> FocusGoal:
    """The coach proposed it after feedback, and the facilitator agreed."""
    words = {
        "text": "Ask before I offer",
        "actions": ["Two open questions first", "Count my offers"],
        "due_on": date(2026, 12, 1),
        "reviewer": cast.coach,
    } | words
    after = words.pop("feedback", None) or feedback(cast.coach, cast.facilitator)
    made = FocusGoal.objects.propose(after, by=cast.coach, at=AT, **words)
    if agreed:
        made.agree(by=cast.facilitator, at=AT)
    return made


def plan(cast: Cast, **fields: Any) -> SamplingPlan:
    """The coach's: two observations each of facilitator and peer partner, in November and
    December, by coach and supervisor."""
    people = fields.pop("people", [cast.facilitator, cast.peer_partner])
    reviewers = fields.pop("reviewers", [cast.coach, cast.supervisor])
    fields = {
        "agency": cast.northside.agency,
        "version": shipped(),
        "begins_on": date(2026, 11, 1),
        "ends_on": date(2026, 12, 31),
        "made_by": cast.coach,
    } | fields
    made = SamplingPlan.objects.create(**fields)
    made.people.set(people)
    made.reviewers.set(reviewers)
    return made


def assigned(cast: Cast, **fields: Any) -> Review:
    """The first of a plan that leaves only the coach to do it, of the facilitator."""
    made = plan(cast, people=[cast.facilitator], reviewers=[cast.coach], **fields)
    return made.assign(made.proposal(date(2026, 11, 1)), by=cast.coach, at=AT)[0]


def experiment(cast: Cast, **plan_: Any) -> Experiment:
    """The coach's team tries something from November on."""
    plan_ = {
        "prediction": "Three more open questions a visit",
        "aim": "Asking before offering",
        "change": "Each begins with two open questions",
        "begins_on": date(2026, 11, 2),
        "ends_on": date(2026, 11, 30),
        "team": (cast.northside.agency.pk, cast.coach.pk),
        "measure": shipped().measures.get(formula="percent_of_maximum"),
        "source": Source.OBSERVATION,
    } | plan_
    return Experiment.objects.start(by=plan_.pop("by", cast.coach), at=AT, **plan_)
