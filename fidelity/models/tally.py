"""The tally pad: a row for each press, and the clock that ran beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fidelity.models.item import Item
from fidelity.models.review import Review
from portal.web.privacy import NONE, WORK

LONGEST = 4 * 3600  # seconds; a clock that somebody forgot goes no further


@dataclass(frozen=True)
class Press:
    """One press of one item's button. `key` is made by whoever pressed, so that a press that is
    sent again is one; `ago` is how many seconds before it was sent, since a phone's clock may be
    wrong; `second` is where in the segment it was."""

    key: UUID
    item: str
    ago: float = 0.0
    second: float | None = None


@dataclass(frozen=True)
class Reading:
    """What a clock said when it was sent: the seconds that it ran, and whether it runs."""

    ran: float
    runs: bool


class TallyQuerySet(models.QuerySet["Tally"]):
    def standing(self) -> Self:
        return self.filter(undone_at=None)

    def counts(self) -> dict[int, int]:
        """How often each item was tallied, by its id; 0 where every press was undone."""
        counted = self.order_by().values_list("item")
        return dict(counted.annotate(n=Count("pk", filter=Q(undone_at=None))))

    @transaction.atomic
    def take(
        self,
        review: Review,
        presses: Iterable[Press] = (),
        *,
        undone: Iterable[UUID] = (),
        clock: Reading | None = None,
        at: datetime | None = None,
    ) -> None:
        """Store what a pad sends, and bring the counts into the review's answers.

        The same batch twice is one. Raises AlreadySubmitted, and ValueError for a press of what
        is no count; then nothing is stored.
        """
        at = at or timezone.now()
        review.hold_open()
        counted = {item.key: item for item in review.counted_items}
        presses = list(presses)
        if strange := {press.item for press in presses} - counted.keys():
            raise ValueError(f"{sorted(strange)} are no counts of {review.version}")
        rows = [
            Tally(
                review=review,
                item=counted[press.item],
                key=press.key,
                pressed_at=at - timedelta(seconds=press.ago),
                second=press.second,
            )
            for press in presses
        ]
        Tally.objects.bulk_create(rows, ignore_conflicts=True)
        if keys := list(undone):
            self.standing().filter(review=review, key__in=keys).update(undone_at=at)
        if clock:
            Clock.objects.put(review, clock, at=at)
        review.count()

    @transaction.atomic
    def undo_last(self, review: Review, *, at: datetime | None = None) -> None:
        """Take the latest press that stands back; nothing where there is none."""
        review.hold_open()
        last = self.standing().filter(review=review).order_by("-pk").first()
        if last is not None:
            self.take(review, undone=[last.key], at=at)


class Tally(models.Model):
    privacy = {
        "id": NONE,
        "review": WORK,
        "item": NONE,
        "key": NONE,
        "pressed_at": WORK,
        "second": WORK,
        "undone_at": WORK,
    }

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="tallies")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()
    pressed_at = models.DateTimeField()
    second = models.FloatField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [
            # The review first: it serves looking a review's tallies up as well.
            models.UniqueConstraint(
                fields=["review", "key"],
                name="fidelity_tally_once",
                violation_error_message=_("This press is counted already."),
            ),
            models.CheckConstraint(
                condition=Q(second=None) | Q(second__gte=0),
                name="fidelity_tally_second",
                violation_error_message=_("A segment begins at 0."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} in {self.review_id}"


class ClockQuerySet(models.QuerySet["Clock"]):
    def put(self, review: Review, reading: Reading, *, at: datetime | None = None) -> None:
        """Set a review's clock to what its pad read."""
        since = (at or timezone.now()) if reading.runs else None
        ran = min(max(reading.ran, 0.0), LONGEST)
        self.update_or_create(review=review, defaults={"ran": ran, "since": since})

    @transaction.atomic
    def turn(self, review: Review, *, runs: bool, at: datetime | None = None) -> None:
        """Start or pause it; what is so already stays. Raises AlreadySubmitted."""
        at = at or timezone.now()
        review.hold_open()
        clock = self.filter(review=review).first() or Clock(review=review)
        self.put(review, Reading(clock.elapsed(at), runs), at=at)


class Clock(models.Model):
    """How long the segment ran: `ran` seconds until it was last set, and on from `since`."""

    privacy = {"id": NONE, "review": WORK, "ran": WORK, "since": WORK}

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="clock")
    ran = models.FloatField(default=0.0)
    since = models.DateTimeField(null=True, blank=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("clock")
        verbose_name_plural = _("clocks")
        constraints = [
            models.CheckConstraint(
                condition=Q(ran__gte=0),
                name="fidelity_clock_forward",
                violation_error_message=_("A clock begins at 0."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.ran} s"

    @property
    def runs(self) -> bool:
        return self.since is not None

    def elapsed(self, at: datetime | None = None) -> float:
        """Seconds of the segment so far; of a submitted review, up to that moment."""
        if self.since is None:
            return self.ran
        running = ((at or timezone.now()) - self.since).total_seconds()
        return min(self.ran + max(running, 0.0), LONGEST)
