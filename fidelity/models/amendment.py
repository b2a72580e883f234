"""Amending a submitted review: a new revision with a reason. The old one stays as it was."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fidelity.models.answers import Entry
from fidelity.models.feedback import Feedback
from fidelity.models.review import Release, Review
from fidelity.models.tally import Clock
from fidelity.notices import ReviewAmended
from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import FREE, NONE, WORK


class AlreadyAmended(Exception):
    """There is a newer revision, or it is no review that can be amended: nothing was stored."""


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    def of_chain(self, review: Review) -> list["Amendment"]:
        """How the review came to be what it is, the latest amendment first; with both revisions."""
        if review.first_id is None:
            return []
        chain = self.filter(after__first=review.first_id, after__lte=review.pk)
        return list(chain.select_related("before", "after__reviewer").order_by("-pk"))

    def opened_by(self, person: User, review: Review) -> None:
        """That the person it is about was told of its revisions counts as read."""
        if review.first_id is not None and review.subject_id == person.pk:
            ReviewAmended.seen(self.filter(after__first=review.first_id), by=person)

    def of_earlier(self, review: Review) -> "Amendment | None":
        """What followed on an earlier revision; None for the newest."""
        if review.superseded_at is None:
            return None
        return self.select_related("after__reviewer").get(before=review)

    @transaction.atomic
    def amend(
        self,
        review: Review,
        *,
        by: User,
        entries: Mapping[str, Entry],
        reason: str,
        practised_on: date | None = None,
        at: datetime | None = None,
    ) -> "Amendment":
        """Put a new revision in the review's place, and tell the person if they had been shown it.

        What was released stays so: feedback and replies go on with the new revision. Raises
        AlreadyAmended, and ValueError for an answer outside its item's scale.
        """
        at = at or timezone.now()
        held = Review.objects.amendable().select_for_update(of=("self",)).filter(pk=review.pk)
        before = held.first()
        if before is None:
            raise AlreadyAmended
        before.superseded_at = at
        before.first_id = before.first_id or before.pk
        before.save(update_fields=["superseded_at", "first"])
        after = Review.objects.create(
            agency_id=before.agency_id,
            version=review.version,
            subject_id=before.subject_id,
            reviewer_id=before.reviewer_id,
            source=before.source,
            practised_on=practised_on or before.practised_on,
            started_at=at,
            submitted_at=at,
            first_id=before.first_id,
        )
        after.fill(entries)
        if clock := Clock.objects.filter(review=before).first():  # as long a segment as before
            Clock.objects.create(review=after, ran=clock.elapsed(before.submitted_at))
        was_released = Release.objects.filter(review=before).update(review=after) > 0
        Feedback.objects.filter(review=before).update(review=after)
        amendment = self.create(
            before=before, after=after, reason=reason, was_released=was_released
        )
        record("review.amended", on=after, by=by, at=at)
        if was_released and review.subject is not None:
            ReviewAmended.tell([review.subject], about=amendment, due_at=at)
        return amendment


class Amendment(models.Model):
    """By `after`'s reviewer, when `after` was submitted."""

    privacy = {"id": NONE, "before": WORK, "after": WORK, "reason": FREE, "was_released": WORK}

    before = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="amendment")
    after = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="amends")
    reason = models.TextField(_("why"))
    # The person had been shown `before`: they may go on reading it.
    was_released = models.BooleanField(default=False)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="fidelity_amendment_has_reason",
                violation_error_message=_("Write why you amend it."),
            ),
            models.CheckConstraint(
                condition=~Q(before=F("after")),
                name="fidelity_amendment_of_another",
                violation_error_message=_("An amendment is a review of its own."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before_id} became {self.after_id}"

    def get_absolute_url(self) -> str:
        return self.after.get_absolute_url()
