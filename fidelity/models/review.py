"""A review: one scoring of one person's practice, or of one recording, with one version."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fidelity.models.answers import Entry, given_by_key, rows_of, with_tallies
from fidelity.models.consent import Consent
from fidelity.models.instrument import Version
from fidelity.models.page import ChangedElsewhere, Page
from fidelity.models.recording import READERS, Recording
from fidelity.models.sampling_plan import SamplingPlan
from fidelity.models.source import Source
from fidelity.models.supervised import of_supervised
from fidelity.notices import ReviewDue, ReviewOverdue
from portal.agencies.models import Agency, Position, Supervision
from portal.agencies.models.standing import agencies_of
from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import NONE, WORK

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from fidelity.models.amendment import Amendment
    from fidelity.models.answer import Answer, Score
    from fidelity.models.calibration import Seat
    from fidelity.models.feedback import Feedback
    from fidelity.models.item import Item
    from fidelity.models.tally import Clock, TallyQuerySet


class NotTheirs(Exception):
    """The reviewer neither supervises nor coaches the person, nor is the person."""


class AlreadySubmitted(Exception):
    """The review was submitted before: its answers stay."""


class NotSubmitted(Exception):
    """Only a submitted review can be released."""


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, person: User) -> Self:
        """The reviewer's own; submitted ones of people the person supervises or coaches now; the
        person's own once released; codings of recordings for supervisors, coaches and admins,
        those of a calibration round once all are in.
        All only while the person has a position in the review's agency. An admin sees
        aggregates, never one person's review."""
        allowed = self._of_people(person) | Q(subject=person, amendment__was_released=True)
        if readable := agencies_of(person, *READERS):
            unblinded = Q(seat=None) | Q(seat__round__closed_at__isnull=False)
            allowed |= self._submitted() & Q(recording__agency__in=readable) & unblinded
        return self._at_work(person).filter(allowed)

    def visible_of_people(self, person: User) -> Self:
        """Of those visible to the person, the reviews of people: no codings of recordings, and
        none that was amended since."""
        theirs = self._at_work(person).newest()
        return theirs.filter(self._of_people(person), subject__isnull=False)

    def newest(self) -> Self:
        """Without those that were amended since: what lists, series and dashboards count."""
        return self.filter(superseded_at=None)

    def amendable(self) -> Self:
        """Submitted reviews of people, as they stand now. What was scored of a recording alone
        (a coding, a calibration) is a rater's first word, and stays."""
        return self.newest().filter(self._submitted(), subject__isnull=False)

    def amendable_by(self, person: User) -> Self:
        """Their own, and nobody else's."""
        return self.written_by(person).amendable()

    def written_by(self, person: User) -> Self:
        """Drafts and submitted ones of this reviewer."""
        return self._at_work(person).filter(reviewer=person)

    def editable_by(self, person: User) -> Self:
        """Open drafts of this reviewer."""
        return self.written_by(person).filter(submitted_at=None)

    def assigned_to(self, person: User) -> Self:
        """Open drafts that a sampling plan gave to this reviewer, the first due first."""
        return self.editable_by(person).filter(due_on__isnull=False).order_by("due_on", "pk")

    def due_by(self, day: date) -> Self:
        """Assigned, not submitted, and to be done by that day or before."""
        found = self.filter(submitted_at=None, due_on__lte=day)
        return found.order_by("due_on", "pk")

    def releasable_by(self, person: User) -> Self:
        """Submitted reviews of someone else that wait to be released by their reviewer, or by who
        supervises or coaches the person now (a reviewer may have left)."""
        theirs = Q(reviewer=person) | of_supervised(person)
        seen = self._submitted() & Q(subject__isnull=False) & ~Q(source=Source.SELF)
        return self._at_work(person).newest().filter(seen & theirs, release=None)

    def about(self, subject: User, reader: User) -> Self:
        """Submitted reviews of `subject` that `reader` may see, oldest practice first."""
        found = self.visible_of_people(reader).filter(self._submitted(), subject=subject)
        return found.order_by("practised_on", "submitted_at", "pk")

    def of_programme(self, agency: Agency) -> Self:
        """All that was submitted of an agency's people: for aggregates alone."""
        return self.newest().filter(self._submitted(), agency=agency, recording=None)

    def of_team(self, person: User) -> Self:
        """Submitted reviews of the people whom `person` supervises or coaches now."""
        return self._at_work(person).newest().filter(self._submitted() & of_supervised(person))

    @transaction.atomic
    def start(
        self,
        *,
        by: User,
        subject: User,
        version: Version,
        source: str,
        practised_on: date | None = None,
        at: datetime | None = None,
    ) -> "Review":
        """Open a draft, or return the one that is open for the same person, version and source; one
        that is assigned comes first.

        Raises NotTheirs for someone outside the reviewer's team, and ConsentMissing for a
        recording of someone who has not agreed.
        """
        ties: models.QuerySet[Any] = Position.objects.current(at).filter(person=by)
        if subject != by:
            ties = Supervision.objects.current(at).filter(supervisor=by, supervisee=subject)
        agency = ties.order_by("pk").values_list("agency", flat=True).first()
        if agency is None or (source == Source.SELF) != (subject == by):
            raise NotTheirs
        if source == Source.RECORDING:
            Consent.objects.require(subject, agency=agency, at=at)
        assigned = self.filter(
            reviewer=by, subject=subject, version=version, source=source, submitted_at=None
        ).filter(due_on__isnull=False)
        if waiting := assigned.order_by("due_on", "pk").first():
            waiting.begin(practised_on=practised_on or timezone.localdate(at), at=at)
            return waiting
        review, fresh = self.get_or_create(
            reviewer=by,
            subject=subject,
            version=version,
            source=source,
            submitted_at=None,
            due_on=None,
            defaults={
                "agency_id": agency,
                "practised_on": practised_on or timezone.localdate(at),
                "started_at": at or timezone.now(),
            },
        )
        if fresh:
            record("review.started", on=review, by=by)
        return review

    @transaction.atomic
    def hand_over(
        self, *, leaver: User, successor: User, agency: Agency, by: User | None
    ) -> list["Review"]:
        """Give the leaver's open drafts to the successor; those handed over.

        A draft about the successor stays behind (nobody reviews themselves), as does one that
        the successor has open already, or that a plan keeps the successor out of.
        """
        theirs = Review.objects.filter(
            reviewer=successor,
            subject=OuterRef("subject"),
            version=OuterRef("version"),
            source=OuterRef("source"),
            submitted_at=None,
            due_on=None,
        )
        drafts: list[Review] = list(
            self.filter(reviewer=leaver, agency=agency, submitted_at=None)
            .exclude(source=Source.SELF)
            .exclude(subject=None)  # a calibration is of the rater, not of the recording
            .exclude(subject=successor)
            .exclude(Q(Exists(theirs), due_on=None))
            .select_related("subject", "plan")
            .select_for_update(of=("self",))
        )
        # Whom a plan keeps out does not come in by a hand-over.
        drafts = [
            draft
            for draft in drafts
            if draft.plan is None or (successor.pk, draft.subject_id) not in draft.plan.barred()
        ]
        self.filter(pk__in=[draft.pk for draft in drafts]).update(reviewer=successor)
        for draft in drafts:
            draft._is_done()  # for the leaver, who is its reviewer here still
            record("review.handed_over", on=draft, by=by)
        return drafts

    def _at_work(self, person: User) -> Self:
        return self.filter(agency__in=agencies_of(person))

    @classmethod
    def _of_people(cls, person: User) -> Q:
        return (
            Q(reviewer=person)
            | (cls._submitted() & of_supervised(person))
            | Q(subject=person, release__isnull=False)
        )

    @staticmethod
    def _submitted() -> Q:
        return Q(submitted_at__isnull=False)


class Review(models.Model):
    privacy = {
        "id": NONE,
        "agency": WORK,
        "version": NONE,
        "subject": WORK,
        "recording": WORK,
        "reviewer": WORK,
        "team": WORK,
        "annotator": WORK,
        "source": NONE,
        "practised_on": WORK,
        "started_at": WORK,
        "submitted_at": WORK,
        "saves": NONE,
        "saved_at": WORK,
        "saved_page": NONE,
        "saved_page_at": NONE,
        "first": WORK,
        "superseded_at": WORK,
        "plan": WORK,
        "due_on": WORK,
    }
    answers: "RelatedManager[Answer]"
    scores: "RelatedManager[Score]"
    release: "Release"
    feedback: "Feedback"
    amendment: "Amendment"
    seat: "Seat"
    tallies: "TallyQuerySet"
    clock: "Clock"

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="reviews")
    subject = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    recording = models.ForeignKey(
        Recording, on_delete=models.CASCADE, null=True, blank=True, related_name="reviews"
    )
    reviewer = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Who supervised the person on the day of the practice; a trigger writes it (migration 0015).
    team = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
    )
    annotator = models.CharField(_("external annotator"), max_length=40, blank=True)
    source = models.CharField(_("source"), max_length=14, choices=Source)
    practised_on = models.DateField(_("date of the practice"), null=True, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    # How often the draft was saved, when last, and from which page (models/page.py).
    saves = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_page = models.UUIDField(null=True, blank=True, editable=False)
    saved_page_at = models.BigIntegerField(null=True, blank=True, editable=False)
    # Of a review that was amended: its first revision, and since when there is a newer one.
    first = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="revisions"
    )
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Assigned by a sampling plan. Indexed where there is one: most reviews have none.
    plan = models.ForeignKey(
        SamplingPlan,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="reviews",
        db_index=False,
    )
    due_on = models.DateField(_("to be done by"), null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        indexes = [
            models.Index(
                fields=["subject", "practised_on"],
                name="fidelity_review_course",
                condition=Q(submitted_at__isnull=False),
            ),
            # With it a team's months are counted without its reviews being read.
            models.Index(
                fields=["subject", "practised_on"],
                include=["agency", "source", "reviewer", "version", "id"],
                name="fidelity_review_seen",
                condition=Q(submitted_at__isnull=False, superseded_at=None),
            ),
            models.Index(fields=["agency", "submitted_at"], name="fidelity_review_agency"),
            models.Index(
                fields=["plan"], name="fidelity_review_plan", condition=Q(plan__isnull=False)
            ),
            models.Index(
                fields=["due_on"],
                name="fidelity_review_due",
                condition=Q(due_on__isnull=False, submitted_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject=None, recording__isnull=False)
                | Q(subject__isnull=False, recording=None),
                name="fidelity_review_one_subject",
                violation_error_message=_("Choose a person or a recording, and not both."),
            ),
            models.CheckConstraint(
                condition=Q(reviewer=None) & ~Q(annotator="")
                | Q(reviewer__isnull=False, annotator=""),
                name="fidelity_review_one_reviewer",
                violation_error_message=_("Name a reviewer or an outside annotator, not both."),
            ),
            models.CheckConstraint(
                condition=Q(subject=None) & ~Q(source="self")
                | Q(source="self", reviewer__isnull=False, reviewer=F("subject"))
                | ~Q(source="self") & (Q(reviewer=None) | ~Q(reviewer=F("subject"))),
                name="fidelity_review_not_by_its_subject",
                violation_error_message=_(
                    "Choose self-check as the source, or someone else to review: "
                    "only a self-check is by the person it is about."
                ),
            ),
            models.CheckConstraint(
                condition=Q(source__in=Source.values),
                name="fidelity_review_source",
                violation_error_message=_("Choose a source from the list."),
            ),
            models.UniqueConstraint(
                fields=["reviewer", "subject", "version", "source"],
                condition=Q(submitted_at=None, due_on=None),
                name="fidelity_review_one_begun",
                violation_error_message=_("You have a draft of this review: open that one."),
            ),
            models.UniqueConstraint(
                Cast(Coalesce("first", "id"), models.BigIntegerField()),
                condition=Q(superseded_at=None),
                name="fidelity_review_one_newest",
                violation_error_message=_("There is a newer revision of this review."),
            ),
            models.CheckConstraint(
                condition=Q(first=None, superseded_at=None)
                | Q(first__isnull=False, submitted_at__isnull=False, subject__isnull=False),
                name="fidelity_review_amended_once_submitted",
                violation_error_message=_("Only a submitted review of a person is amended."),
            ),
            models.UniqueConstraint(
                fields=["recording", "annotator", "version"],
                condition=~Q(annotator=""),
                name="fidelity_review_one_coding",
                violation_error_message=_("This annotator's coding of this recording is here."),
            ),
            models.CheckConstraint(
                condition=Q(plan=None, due_on=None)
                | Q(plan__isnull=False, due_on__isnull=False, subject__isnull=False)
                & ~Q(source="self"),
                name="fidelity_review_assigned",
                violation_error_message=_(
                    "A review of a plan is of someone else, and has a day to be done by."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.source} {self.pk}"

    def get_absolute_url(self) -> str:
        verb = "show" if self.submitted_at else "edit"
        return reverse(f"fidelity:reviews.{verb}", args=[self.pk])

    @property
    def is_self_check(self) -> bool:
        return self.source == Source.SELF

    @property
    def is_released(self) -> bool:
        return hasattr(self, "release")

    @property
    def counted_items(self) -> list["Item"]:
        """Those that a tally pad counts."""
        return [item for item in self.version.sheet.items.all() if item.kind == item.Kind.COUNT]

    def says(self, entries: Mapping[str, Entry]) -> bool:
        """Whether it has these answers already: then nothing is written over."""
        stands = {answer.item_id: Entry.of(answer) for answer in self.answers.all()}
        return all(
            entries.get(item.key) in (None, stands.get(item.pk, Entry.missing()))
            for item in self.version.sheet.items.all()
        )

    @property
    def is_to_begin(self) -> bool:
        """Assigned, and its reviewer has not said yet on which day the practice took place."""
        return self.due_on is not None and self.practised_on is None

    @transaction.atomic
    def begin(self, *, practised_on: date, at: datetime | None = None) -> None:
        """Say on which day the practice of an assigned review took place.

        Raises AlreadySubmitted, and ConsentMissing for a recording of someone who has not agreed.
        """
        self._lock_open()
        self._require_consent(at)
        self.practised_on = practised_on
        self.save(update_fields=["practised_on"])

    @transaction.atomic
    def keep(
        self,
        entries: Mapping[str, Entry],
        *,
        page: Page | None = None,
        at: datetime | None = None,
    ) -> None:
        """Save a draft's answers, by the items' keys; items that are not named stay as they are.

        Raises AlreadySubmitted; ChangedElsewhere where `page` was written on an older save and
        says something else than what stands; and ValueError for an answer outside its item's
        scale. Then nothing is stored.
        """
        self._lock_open(page, entries)
        self._write(entries)
        self.saves += 1
        self.saved_at = at or timezone.now()
        if page:
            self.saved_page, self.saved_page_at = page.key, page.at
        self.save(update_fields=["saves", "saved_at", "saved_page", "saved_page_at"])

    def hold_open(self) -> None:
        """Hold the draft until the transaction ends. Raises AlreadySubmitted."""
        self._lock_open()

    def count(self) -> None:
        """Bring what was tallied into the answers; their evidence stays."""
        counted = self.counted_items
        stands = {answer.item_id: Entry.of(answer) for answer in self.answers.all()}
        self._write({item.key: stands.get(item.pk, Entry.missing()) for item in counted})

    @transaction.atomic
    def submit(
        self,
        *,
        by: User,
        entries: Mapping[str, Entry] | None = None,
        page: Page | None = None,
        at: datetime | None = None,
    ) -> None:
        """Save what came with it, note what is missing, compute the measures, and close.

        Submitting twice (two tabs, two clicks) raises AlreadySubmitted and changes nothing; so
        does ChangedElsewhere, as in `keep`, and ConsentMissing, for a recording of someone who has
        not agreed or has withdrawn.
        """
        self._lock_open(page, entries or {})
        self._require_consent(at)
        self.fill(entries or {})
        self.submitted_at = at or timezone.now()
        if self.is_to_begin:
            self.practised_on = timezone.localdate(at)
        self.save(update_fields=["submitted_at", "practised_on"])
        self._is_done(at)
        record("review.submitted", on=self, by=by, at=at)
        if self.recording_id:
            self._close_round(at)

    def fill(self, entries: Mapping[str, Entry]) -> None:
        """Store answers, note what is missing, compute the measures: once, as a review closes."""
        sheet = self.version.sheet
        written = self._write(entries)
        items = list(sheet.items.all())
        answers = {answer.item_id: answer for answer in written}
        if len(answers) < len(items):
            answers = {answer.item_id: answer for answer in self.answers.all()}
            unanswered = [item.key for item in items if item.pk not in answers]
            self._write(dict.fromkeys(unanswered, Entry.missing()))
        given = given_by_key(items, answers)
        outcomes = [(measure, measure.compute(given)) for measure in sheet.measures.all()]
        self.scores.bulk_create(
            self.scores.model.of(self, measure, outcome) for measure, outcome in outcomes
        )

    @transaction.atomic
    def discard(self, *, by: User | None) -> None:
        """Throw an open draft away. Raises AlreadySubmitted."""
        self._lock_open()
        record("review.discarded", on=self, by=by)
        seat = getattr(self, "seat", None) if self.recording_id else None
        self.delete()
        self._is_done()
        if seat:
            seat.round.close_when_in()

    def _is_done(self, at: datetime | None = None) -> None:
        """It waits for its reviewer no more: what reminds of it is taken back."""
        if self.due_on is not None:
            for kind in (ReviewDue, ReviewOverdue):
                kind.look_again([self.reviewer_id], at)

    def _require_consent(self, at: datetime | None) -> None:
        """Of whoever is heard, where that is somebody of the agency."""
        if self.source != Source.RECORDING or self.annotator:
            return
        heard = self.subject or (self.recording and self.recording.practitioner)
        if heard:
            Consent.objects.require(heard, agency=self.agency_id, at=at)

    def _close_round(self, at: datetime | None) -> None:
        """The last review of a calibration round unblinds them all."""
        seat = getattr(self, "seat", None)
        if seat:
            seat.round.close_when_in(at or self.submitted_at)

    def _lock_open(
        self, page: Page | None = None, entries: Mapping[str, Entry] | None = None
    ) -> None:
        """Hold the row until the transaction ends, so that two tabs take turns."""
        held = Review.objects.select_for_update(of=("self",)).filter(pk=self.pk, submitted_at=None)
        saved = held.values_list("saves", "saved_page", "saved_page_at").first()
        if saved is None:
            raise AlreadySubmitted
        self.saves, self.saved_page, self.saved_page_at = saved
        if page and not page.may_write(*saved) and not self.says(self._counted(entries or {})):
            raise ChangedElsewhere

    def _counted(self, entries: Mapping[str, Entry]) -> Mapping[str, Entry]:
        """The entries, with what was tallied: a form says nothing against the tally pad."""
        if not any(item.key in entries for item in self.counted_items):
            return entries
        return with_tallies(self.counted_items, entries, self.tallies.counts())

    def _write(self, entries: Mapping[str, Entry]) -> list["Answer"]:
        rows = rows_of(self, self.version.sheet.items.all(), self._counted(entries))
        self.answers.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["review", "item"],
            update_fields=["state", "value", "text", "note"],
        )
        return rows


class Release(models.Model):
    """Feedback became visible to the person it is about."""

    privacy = {"id": NONE, "review": WORK, "by": WORK, "at": WORK}

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="release")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.review_id} at {self.at}"
