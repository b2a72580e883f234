"""What people are told about reviews."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.notices import AboutRoutine
from portal.agencies.models import holds_at
from portal.notices.kinds import Category, NoticeKind, register
from portal.notices.models import Notice


@register
class FeedbackReleased(NoticeKind):
    """Subject: the feedback."""

    kind = "feedback.released"
    title = _("There is feedback for you")
    category = Category.PRACTICE
    template = "fidelity/emails/feedback_released"

    @classmethod
    def still_holds(cls, notice: Notice, subject: Any) -> bool:
        """The person still works at the agency it belongs to. Once they read it they are not told
        any more: `Feedback.read` sees to that."""
        return (
            super().still_holds(notice, subject)
            and subject.review.subject_id == notice.recipient_id
            and _works_at(subject.review.agency_id, notice)
        )


@register
class ReviewAmended(NoticeKind):
    """Subject: the amendment of a review that the person had been shown."""

    kind = "review.amended"
    title = _("A review of your practice was amended")
    category = Category.PRACTICE
    template = "fidelity/emails/review_amended"

    @classmethod
    def still_holds(cls, notice: Notice, subject: Any) -> bool:
        """It stands as it was amended, and the person still works at the agency it belongs to."""
        review = subject.after
        return (
            super().still_holds(notice, subject)
            and review.superseded_at is None
            and review.subject_id == notice.recipient_id
            and _works_at(review.agency_id, notice)
        )


@register
class FeedbackReplied(NoticeKind):
    """Subject: the reply."""

    kind = "feedback.replied"
    title = _("There is a reply to feedback")
    category = Category.PRACTICE
    template = "fidelity/emails/feedback_replied"

    @classmethod
    def still_holds(cls, notice: Notice, subject: Any) -> bool:
        """The recipient is one of the two, and still works at the agency it belongs to."""
        feedback = subject.feedback
        return (
            super().still_holds(notice, subject)
            and notice.recipient_id in {feedback.author_id, feedback.review.subject_id}
            and _works_at(feedback.review.agency_id, notice)
        )


@register
class GoalProposed(NoticeKind):
    """Subject: the goal. Told to the one of the two whose word it waits for."""

    kind = "goals.proposed"
    title = _("A focus goal waits for your answer")
    category = Category.PRACTICE
    template = "fidelity/emails/goal_proposed"

    @classmethod
    def still_holds(cls, notice: Notice, subject: Any) -> bool:
        return (
            super().still_holds(notice, subject)
            and _is_open(subject, notice)
            and not subject.is_agreed
            and subject.proposed_by_id != notice.recipient_id
        )


@register
class GoalAgreed(NoticeKind):
    """Subject: the goal. Told to who had proposed it."""

    kind = "goals.agreed"
    title = _("A focus goal is agreed")
    category = Category.PRACTICE
    template = "fidelity/emails/goal_agreed"

    @classmethod
    def still_holds(cls, notice: Notice, subject: Any) -> bool:
        return (
            super().still_holds(notice, subject) and _is_open(subject, notice) and subject.is_agreed
        )


def _is_open(goal: Any, notice: Notice) -> bool:
    """It has not ended, and the reader still works at the agency it belongs to."""
    return goal.ended_at is None and _works_at(goal.agency_id, notice)


@register
class FewContacts(AboutRoutine):
    """Someone was given little feedback. Whom, their page tells."""

    kind = "feedback.few"
    title = _("Few feedback contacts in half a year")
    template = "fidelity/emails/few_contacts"

    @classmethod
    def context(cls, notice: Notice, subject: Any) -> dict[str, Any]:
        return super().context(notice, subject) | {"url": reverse("fidelity:teams.show")}


@register
class GoalDue(AboutRoutine):
    """A goal comes back to its two. Whose and which, its page tells."""

    kind = "goals.due"
    title = _("A focus goal comes back today")
    template = "fidelity/emails/goal_due"

    @classmethod
    def context(cls, notice: Notice, subject: Any) -> dict[str, Any]:
        from fidelity.models import FocusGoal  # its verbs take these back

        due = FocusGoal.objects.settleable_by(notice.recipient).due(timezone.localdate())
        return super().context(notice, subject) | {"url": _only(due, reverse("home:today.index"))}


class AboutReviews(AboutRoutine):
    @classmethod
    def context(cls, notice: Notice, subject: Any) -> dict[str, Any]:
        from fidelity.models import Review

        url = reverse("fidelity:reviews.index")
        given = Review.objects.assigned_to(notice.recipient).values_list("pk", flat=True)[:2]
        if len(given) == 1:
            url = reverse("fidelity:reviews.edit", args=[given[0]])
        return super().context(notice, subject) | {"url": url}


@register
class ReviewDue(AboutReviews):
    """A review that a plan gave to its reader. Of whom, its page tells."""

    kind = "reviews.due"
    title = _("A review is due soon")
    template = "fidelity/emails/review_due"


@register
class ReviewOverdue(AboutReviews):
    kind = "reviews.overdue"
    title = _("A review is overdue")
    template = "fidelity/emails/review_overdue"


@register
class ExperimentDue(AboutRoutine):
    """A trial has had its last day: to study, and to decide."""

    kind = "experiments.due"
    title = _("An experiment has run its time")
    template = "fidelity/emails/experiment_due"

    @classmethod
    def context(cls, notice: Notice, subject: Any) -> dict[str, Any]:
        from fidelity.models import Experiment

        due = Experiment.objects.editable_by(notice.recipient).due(timezone.localdate())
        url = _only(due, reverse("fidelity:experiments.index"))
        return super().context(notice, subject) | {"url": url}


def _only(due: QuerySet[Any], otherwise: str) -> str:
    """The page of the one thing that is due; another where there are several."""
    found = list(due[:2])
    return str(found[0].get_absolute_url()) if len(found) == 1 else otherwise


def _works_at(agency: int, notice: Notice) -> bool:
    """Whether the recipient still does."""
    return notice.recipient.positions.filter(holds_at(), agency=agency).exists()
