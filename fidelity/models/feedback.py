"""Written feedback: between its author and the person it is for, and nobody else."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fidelity.models.review import NotSubmitted, Release, Review
from fidelity.notices import FeedbackReleased, FeedbackReplied
from portal.agencies.models.standing import agencies_of
from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import FREE, NONE, WORK

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def visible_to(self, person: User) -> Self:
        """The author's and the reader's, while they work at the agency. Other supervisors and
        admins see scores or aggregates, not these words."""
        theirs = Q(author=person) | Q(review__subject=person)
        return self.filter(theirs, review__agency__in=agencies_of(person))

    def for_reader(self, person: User) -> Self:
        return self.filter(review__subject=person, review__agency__in=agencies_of(person))

    @transaction.atomic
    def release(
        self, review: Review, *, by: User, text: str, at: datetime | None = None
    ) -> "Feedback":
        """Show the person the review together with these words, and tell them.

        Releasing twice keeps the first words. Raises NotSubmitted for a draft, a self-check and
        a review of a recording: there is nobody to release those to.
        """
        at = at or timezone.now()
        person = review.subject
        if review.submitted_at is None or person is None or review.is_self_check:
            raise NotSubmitted
        _release, fresh = Release.objects.get_or_create(
            review=review, defaults={"by": by, "at": at}
        )
        feedback, _written = self.get_or_create(
            review=review, defaults={"author": by, "text": text, "written_at": at}
        )
        if fresh:
            record("review.released", on=review, by=by, at=at)
            FeedbackReleased.tell([person], about=feedback, due_at=at)
        return feedback


class Feedback(models.Model):
    privacy = {
        "id": NONE,
        "review": WORK,
        "author": WORK,
        "text": FREE,
        "written_at": WORK,
        "read_at": WORK,
    }
    replies: "RelatedManager[Reply]"

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="feedback")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("feedback"))
    written_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="fidelity_feedback_has_words",
                violation_error_message=_("Write what you saw and what could come next."),
            )
        ]

    def __str__(self) -> str:
        return f"feedback on {self.review_id}"

    def get_absolute_url(self) -> str:
        return reverse("fidelity:feedback.show", args=[self.pk])

    @transaction.atomic
    def read(self, *, by: User, at: datetime | None = None) -> None:
        """Note when the person it is for first opened it; anybody else's opening is not noted. What
        either of the two was told of it, and of what the other replied, counts as read."""
        FeedbackReplied.seen(self.replies.all(), by=by, at=at)
        if self.read_at is not None or self.review.subject_id != by.pk:
            return
        unread = Feedback.objects.filter(pk=self.pk, read_at=None)
        if unread.update(read_at=at or timezone.now()):
            record("feedback.read", on=self, by=by, agency=self.review.agency, at=at)
            FeedbackReleased.seen(self, by=by, at=at)
        self.refresh_from_db(fields=["read_at"])

    @transaction.atomic
    def reply(self, *, by: User, text: str, at: datetime | None = None) -> "Reply":
        """Answer, and tell the other of the two."""
        at = at or timezone.now()
        answer = self.replies.create(author=by, text=text, written_at=at)
        record("feedback.replied", on=self, by=by, agency=self.review.agency, at=at)
        subject = self.review.subject
        other = self.author if subject is None or by == subject else subject
        FeedbackReplied.tell([other], about=answer, due_at=at)
        return answer


class Reply(models.Model):
    privacy = {"id": NONE, "feedback": WORK, "author": WORK, "text": FREE, "written_at": WORK}

    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="replies")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("reply"))
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="fidelity_reply_has_words",
                violation_error_message=_("Write your reply."),
            )
        ]

    def __str__(self) -> str:
        return f"reply to {self.feedback_id}"
