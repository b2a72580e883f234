"""Instruments, reviews and the feedback that follows."""

from fidelity.models.amendment import AlreadyAmended, Amendment
from fidelity.models.annotation import Annotation
from fidelity.models.answer import Answer, Score
from fidelity.models.answers import Entry
from fidelity.models.benchmark import Benchmark
from fidelity.models.calibration import Calibration, CalibrationRound, Seat
from fidelity.models.feedback import Feedback, Reply
from fidelity.models.instrument import CannotPublish, Instrument, Version
from fidelity.models.item import Item, Level, Scale, Section
from fidelity.models.measure import Measure
from fidelity.models.page import ChangedElsewhere, Page
from fidelity.models.recording import Recording
from fidelity.models.review import AlreadySubmitted, NotSubmitted, NotTheirs, Release, Review
from fidelity.models.source import Source
from fidelity.models.tally import Clock, Press, Reading, Tally
from fidelity.models.utterances import Utterances

__all__ = [
    "AlreadyAmended",
    "AlreadySubmitted",
    "Amendment",
    "Annotation",
    "Answer",
    "Benchmark",
    "Calibration",
    "CalibrationRound",
    "CannotPublish",
    "ChangedElsewhere",
    "Clock",
    "Entry",
    "Feedback",
    "Instrument",
    "Item",
    "Level",
    "Measure",
    "NotSubmitted",
    "NotTheirs",
    "Page",
    "Press",
    "Reading",
    "Recording",
    "Release",
    "Reply",
    "Review",
    "Scale",
    "Score",
    "Seat",
    "Section",
    "Source",
    "Tally",
    "Utterances",
    "Version",
]
