"""What must never be: each constraint refuses, in words, and lets the right thing through."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from fidelity.models import (
    Answer,
    Benchmark,
    Feedback,
    Instrument,
    Item,
    Level,
    Measure,
    Recording,
    Reply,
    Review,
    Score,
    Section,
    Version,
)
from tests.fidelity import make

pytestmark = pytest.mark.django_db


class Rows:
    """Right rows of each model, for changing one thing in."""

    def __init__(self, cast):
        self.cast = cast
        agency = cast.northside.agency
        self.draft = make.draft_version(agency)
        self.review = make.draft(cast.coach, cast.facilitator)
        self.item = self.review.version.items.first()
        self.measure = self.review.version.measures.first()
        self.recording = make.recording(agency, key="0")
        version = make.shipped(make.CODING_SHEET)
        person = {
            "agency": agency,
            "version": version,
            "subject": cast.facilitator,
            "reviewer": cast.supervisor,
            "source": "observation",
        }
        coding = {
            "agency": agency,
            "version": version,
            "recording": self.recording,
            "annotator": "annotator 1",
            "source": "recording",
            "submitted_at": make.AT,
        }
        scale = self.draft.scales.get()
        item = {"version": self.draft, "key": "second", "place": 2, "wording": "Second"}
        answer = {"review": self.review, "item": self.item}
        score = {"review": self.review, "measure": self.measure}
        benchmark = {"measure": self.measure, "label": "fair", "value": 2, "dated": date.today()}
        self.right = {
            "slug": Instrument(agency=agency, slug="x", name="X", sources=["self"]),
            "number": Version(instrument=self.draft.instrument, number=2, published_at=make.AT),
            "one draft": Version(instrument=make.shipped().instrument, number=2),
            "retired": Version(
                instrument=self.draft.instrument,
                number=3,
                published_at=make.AT,
                retired_at=make.AT + timedelta(days=1),
            ),
            "section": Section(version=self.draft, place=1, title="One"),
            "level": Level(scale=scale, value=3, label="level 3"),
            "item": Item(**item, kind="count"),
            "scale item": Item(**item, kind="scale", scale=scale),
            "measure": Measure(
                version=self.draft, key="sum", place=2, name="Sum", formula="sum", unit="points"
            ),
            "benchmark": Benchmark(**benchmark, source="A report"),
            "recording": make.Recording(
                agency=agency, origin="a lab", key="1", label="One", quality="low"
            ),
            "person": Review(**person),
            "self": Review(**(person | {"reviewer": cast.facilitator, "source": "self"})),
            "coding": Review(**coding),
            "answer": Answer(**answer, value=3),
            "unseen": Answer(**answer, state="not_observed"),
            "text": Answer(**answer, text="in the kitchen"),
            "score": Score(**score, value=3),
            "no score": Score(**score, reason="zero_denominator"),
            "feedback": Feedback(review=self.review, author=cast.coach, text="Well heard."),
        }


@pytest.fixture
def rows(cast):
    return Rows(cast)


@pytest.mark.parametrize(
    "name",
    [
        "slug", "number", "one draft", "retired", "section", "level", "item", "scale item",
        "measure", "benchmark", "recording", "person", "self", "coding", "answer", "unseen",
        "text", "score", "no score", "feedback",
    ],
)  # fmt: skip
def test_what_is_right_is_kept(rows, name):
    row = rows.right[name]
    row.validate_constraints()
    row.save()

    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("slug", {"agency": None, "slug": "mi-coding-sheet"}, "Choose another short name"),
        ("slug", {"sources": []}, "Choose at least one source."),
        ("number", {"number": 1}, "has a version with this number"),
        ("number", {"published_at": None}, "has a draft: change that one"),
        ("retired", {"retired_at": make.AT - timedelta(1)}, "before you retire it"),
        ("retired", {"published_at": None, "number": 4}, "before you retire it"),
        ("level", {"value": 2}, "this scale has it already"),
        ("item", {"key": "first"}, "this version has it already"),
        ("item", {"kind": "scale"}, "Choose a scale for a scale item"),
        ("scale item", {"kind": "count"}, "Choose a scale for a scale item"),
        ("measure", {"key": "mean"}, "this version has it already"),
        ("benchmark", {"source": ""}, "where the benchmark comes from"),
        ("recording", {"key": "0"}, "This recording is here already"),
        ("recording", {"quality": "best"}, "Choose a quality from the list"),
        ("person", {"subject": None}, "a person or a recording, and not both"),
        ("coding", {"recording": None}, "a person or a recording, and not both"),
        ("person", {"reviewer": None}, "a reviewer or an outside annotator"),
        ("person", {"annotator": "annotator 1"}, "a reviewer or an outside annotator"),
        ("person", {"source": "self"}, "only a self-check is by the person"),
        ("self", {"source": "observation"}, "only a self-check is by the person"),
        ("coding", {"source": "self"}, "only a self-check is by the person"),
        ("person", {"source": "rumour"}, "Choose a source from the list"),
        ("answer", {"value": None}, "Give a value, or say why there is none"),
        ("unseen", {"value": 0}, "Give a value, or say why there is none"),
        ("unseen", {"text": "seen"}, "Give a value, or say why there is none"),
        ("unseen", {"state": "perhaps"}, "Give a value, or say why there is none"),
        ("score", {"value": None}, "or why it is not computable"),
        ("no score", {"value": 0}, "or why it is not computable"),
        ("feedback", {"text": ""}, "Write what you saw"),
    ],
)
def test_what_is_wrong_is_refused_in_words(rows, name, change, words):
    row = rows.right[name]
    for field, value in change.items():
        setattr(row, field, value)

    with pytest.raises(ValidationError) as refused:
        row.validate_constraints()
    assert any(words in message for message in refused.value.messages)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("section", "a section stands there"),
        ("benchmark", "has this benchmark already"),
        ("person", "You have a draft of this review"),
        ("coding", "coding of this recording is here"),
        ("answer", "This item is answered already"),
        ("score", "This measure is computed already"),
    ],
)
def test_the_same_twice_is_refused_in_words(rows, name, words):
    row = rows.right[name]
    row.save()
    row.pk, row._state.adding = None, True

    with pytest.raises(ValidationError) as refused:
        row.validate_constraints()
    assert any(words in message for message in refused.value.messages)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_reply_has_words(rows):
    feedback = rows.right["feedback"]
    feedback.save()
    Reply(feedback=feedback, author=rows.cast.facilitator, text="Thanks.").save()

    empty = Reply(feedback=feedback, author=rows.cast.facilitator, text="")
    with pytest.raises(ValidationError, match="Write your reply"):
        empty.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        empty.save()


def test_a_submitted_review_leaves_room_for_the_next_draft(rows):
    rows.review.submit(by=rows.cast.coach, at=make.AT)

    again = make.draft(rows.cast.coach, rows.cast.facilitator)
    assert again.pk != rows.review.pk


def test_recordings_may_share_a_key_across_origins(rows):
    row = rows.right["recording"]
    row.key, row.origin = "0", "another lab"
    row.save()

    assert Recording.objects.filter(key="0").count() == 2
