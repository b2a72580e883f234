"""Instruments, reviews and the feedback that follows."""

from fidelity.models.amendment import AlreadyAmended, Amendment
from fidelity.models.annotation import Annotation
from fidelity.models.answer import Answer, Score
from fidelity.models.answers import Entry
from fidelity.models.benchmark import Benchmark
from fidelity.models.calibration import Calibration, CalibrationRound, Seat
from fidelity.models.consent import Consent, ConsentMissing
from fidelity.models.experiment import AlreadyBegun, Experiment, NotUnderWay
from fidelity.models.feedback import Feedback, Reply
from fidelity.models.goal import FocusGoal, GoalOutcome, NotOpen
from fidelity.models.instrument import CannotPublish, Instrument, Version
from fidelity.models.item import Item, Level, Scale, Section
from fidelity.models.measure import Measure
from fidelity.models.page import ChangedElsewhere, Page
from fidelity.models.recording import Recording
from fidelity.models.review import AlreadySubmitted, NotSubmitted, NotTheirs, Release, Review
from fidelity.models.sampling_plan import Recusal, SamplingPlan
from fidelity.models.source import Source
from fidelity.models.sums import (
    AgencySum,
    ItemSum,
    MonthSum,
    RaterSum,
    SubjectSum,
    recount,
)
from fidelity.models.tally import Clock, Press, Reading, Tally
from fidelity.models.upload import Imported, Upload
from fidelity.models.utterances import Utterances

__all__ = [
    "AgencySum",
    "AlreadyAmended",
    "AlreadyBegun",
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
    "Consent",
    "ConsentMissing",
    "Entry",
    "Experiment",
    "Feedback",
    "FocusGoal",
    "GoalOutcome",
    "Imported",
    "Instrument",
    "Item",
    "ItemSum",
    "Level",
    "Measure",
    "MonthSum",
    "NotOpen",
    "NotSubmitted",
    "NotTheirs",
    "NotUnderWay",
    "Page",
    "Press",
    "RaterSum",
    "Reading",
    "Recording",
    "Recusal",
    "Release",
    "Reply",
    "Review",
    "SamplingPlan",
    "Scale",
    "Score",
    "Seat",
    "Section",
    "Source",
    "SubjectSum",
    "Tally",
    "Upload",
    "Utterances",
    "Version",
    "recount",
]
