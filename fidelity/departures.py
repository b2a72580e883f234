"""What of someone's reviews ends, and what is handed over, when they leave an agency."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from fidelity.models import (
    Amendment,
    Experiment,
    Feedback,
    FocusGoal,
    Reply,
    Review,
    Source,
)
from portal.agencies.departures import on_departure, on_hand_over
from portal.agencies.models import Agency
from portal.notices.models import Notice
from portal.people.models import User


@on_hand_over
def hand_over_open_reviews(
    leaver: User, successor: User, agency: Agency, by: User | None, at: datetime
) -> Iterator[str]:
    """Open drafts go on with the successor, answers and all."""
    drafts = Review.objects.hand_over(leaver=leaver, successor=successor, agency=agency, by=by)
    for draft in drafts:
        yield _("Open review of %(person)s") % {"person": draft.subject}
    for goal in FocusGoal.objects.hand_over(leaver=leaver, successor=successor, agency=agency):
        yield _("Focus goal of %(person)s") % {"person": goal.person}
    experiments = Experiment.objects.filter(agency=agency, lead=leaver)
    aims = list(experiments.filter(ended_at=None).values_list("aim", flat=True))
    experiments.update(lead=successor)
    yield from (_("Practice experiment: %(aim)s") % {"aim": aim} for aim in aims)


@on_departure
def end_own_goal(person: User, agency: Agency, by: User | None, at: datetime) -> Iterator[str]:
    """Their own goal ends with their work here, without a word of what became of it."""
    goals = FocusGoal.objects.open().filter(person=person, agency=agency)
    if goals.update(ended_at=at):
        yield _("Own focus goal")


@on_departure
def end_open_reviews(person: User, agency: Agency, by: User | None, at: datetime) -> Iterator[str]:
    """Their own unfinished self-checks go, and what they were told of feedback; drafts on others
    that nobody took over go too, since nobody could open them any more."""
    drafts = Review.objects.filter(reviewer=person, agency=agency, submitted_at=None)
    for draft in list(drafts.select_related("subject", "recording", "agency")):
        words = (
            _("Unfinished self-check")
            if draft.source == Source.SELF
            else _("Open review of %(person)s") % {"person": draft.subject or draft.recording}
        )
        draft.discard(by=by)
        yield words
    feedback = Feedback.objects.filter(review__agency=agency)
    about = {
        "fidelity.feedback": feedback.values("pk"),
        "fidelity.amendment": Amendment.objects.filter(after__agency=agency).values("pk"),
        "fidelity.reply": Reply.objects.filter(feedback__in=feedback).values("pk"),
    }
    for subject_type, ids in about.items():
        Notice.objects.standing().filter(
            recipient=person, read_at=None, subject_type=subject_type, subject_id__in=ids
        ).update(withdrawn_at=at)
