"""A sampling plan: how many reviews, of whom, by when and by whom; and who is kept out of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fidelity.models.instrument import Version
from fidelity.models.recording import READERS
from fidelity.models.source import Source
from fidelity.sampling import due_on, share_out
from portal.agencies.models import Agency, Position, Role, Supervision
from portal.agencies.models.standing import agencies_of
from portal.audit.events import record, record_all
from portal.people.models import User
from portal.web.privacy import NONE, WORK

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from fidelity.models.review import Review

REVIEWERS = (Role.SUPERVISOR, Role.COACH)
OBSERVED = [Source.OBSERVATION, Source.RECORDING, Source.RECORDS, Source.FAMILY_SURVEY]


class PlanQuerySet(models.QuerySet["SamplingPlan"]):
    def visible_to(self, person: User) -> Self:
        """Those of the agencies where the person supervises, coaches or is an admin: who reviews
        whom by when, and never a score."""
        return self.filter(agency__in=agencies_of(person, *READERS))

    def editable_by(self, person: User) -> Self:
        """Running ones of whoever made them, and of the agency's admins."""
        theirs = Q(made_by=person) | Q(agency__in=agencies_of(person, Role.ADMIN))
        return self.visible_to(person).filter(theirs, ended_at=None)

    def running(self) -> Self:
        return self.filter(ended_at=None)


@dataclass(frozen=True)
class Proposed:
    """An assignment before it is made. Nobody may be left to do it: then `reviewer` is empty."""

    person: int
    number: int
    reviewer: int | None
    due_on: date


class SamplingPlan(models.Model):
    privacy = {
        "id": NONE,
        "agency": WORK,
        "version": NONE,
        "source": NONE,
        "each": NONE,
        "people": WORK,
        "reviewers": WORK,
        "begins_on": WORK,
        "ends_on": WORK,
        "bars_supervisor": NONE,
        "bars_coach": NONE,
        "made_by": WORK,
        "made_at": WORK,
        "ended_at": WORK,
    }
    reviews: "RelatedManager[Review]"
    recusals: "RelatedManager[Recusal]"

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(
        _("source"),
        max_length=14,
        choices=[(source.value, source.label) for source in OBSERVED],
        default=Source.OBSERVATION,
    )
    each = models.PositiveSmallIntegerField(
        _("reviews of each person"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    people = models.ManyToManyField(User, related_name="+", verbose_name=_("of whom"))
    reviewers = models.ManyToManyField(User, related_name="+", verbose_name=_("by whom"))
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    bars_supervisor = models.BooleanField(_("not by the person's own supervisor"), default=False)
    bars_coach = models.BooleanField(_("not by the person's own coach"), default=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("sampling plan")
        verbose_name_plural = _("sampling plans")
        ordering = ["-ends_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=[source.value for source in OBSERVED]),
                name="fidelity_plan_source",
                violation_error_message=_(
                    "Choose a source from the list: a self-check is not assigned."
                ),
            ),
            models.CheckConstraint(
                condition=Q(each__gte=1, each__lte=12),
                name="fidelity_plan_each",
                violation_error_message=_("Enter 1 to 12 reviews of each person."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("begins_on")),
                name="fidelity_plan_ends_after",
                violation_error_message=_("Choose an end that comes after the start."),
            ),
        ]

    def __str__(self) -> str:
        return f"plan {self.pk} of {self.agency_id}"

    def get_absolute_url(self) -> str:
        return reverse("fidelity:plans.show", args=[self.pk])

    def people_here(self) -> list[int]:
        """Of whom, as long as they work at the agency."""
        return self._here(self.people.all())

    def reviewers_here(self) -> list[int]:
        """By whom, as long as they supervise or coach at the agency."""
        return self._here(self.reviewers.all(), *REVIEWERS)

    def barred(self) -> set[tuple[int, int]]:
        """(reviewer, person) pairs that are not assigned. Nobody reviews themselves; the person's
        own supervisor and coach are out where the plan says so; and whoever said that they are
        involved with the person or the case stays out."""
        people = list(self.people.values_list("pk", flat=True))
        barred = {(person, person) for person in people}
        kinds = [
            kind
            for kind, bars in (
                (Supervision.Kind.SUPERVISES, self.bars_supervisor),
                (Supervision.Kind.COACHES, self.bars_coach),
            )
            if bars
        ]
        relations = Supervision.objects.current().filter(
            agency=self.agency_id, supervisee__in=people, kind__in=kinds
        )
        barred |= set(relations.values_list("supervisor", "supervisee"))
        return barred | set(self.recusals.values_list("reviewer", "person"))

    def proposal(self, on: date | None = None) -> list[Proposed]:
        """What is missing of the plan, shared out: the same for the same rows and day. Five
        queries and two more."""
        today = on or timezone.localdate()
        people = self.people_here()
        done = self.reviews.filter(subject__in=people)
        pairs = Counter(done.values_list("reviewer", "subject"))
        had = Counter(subject for _reviewer, subject in pairs.elements())
        wanted = [
            (person, number)
            for number in range(1, self.each + 1)
            for person in people
            if number > had[person]
        ]
        reviewers = self.reviewers_here()
        shared = share_out(
            [person for person, _number in wanted],
            reviewers,
            barred=self.barred(),
            before=pairs,
            turn=self.pk,
        )
        return [
            Proposed(
                person,
                number,
                reviewer,
                due_on(number, self.each, self.begins_on, self.ends_on, today),
            )
            for (person, number), reviewer in zip(wanted, shared, strict=True)
        ]

    @transaction.atomic
    def assign(
        self, proposal: Iterable[Proposed], *, by: User, at: datetime | None = None
    ) -> list["Review"]:
        """Make the assignments: a draft for each, to be done by its day. What nobody can do is
        left out."""
        from fidelity.models.review import Review

        at = at or timezone.now()
        made = Review.objects.bulk_create(
            Review(
                agency_id=self.agency_id,
                version_id=self.version_id,
                subject_id=each.person,
                reviewer_id=each.reviewer,
                source=self.source,
                started_at=at,
                plan=self,
                due_on=each.due_on,
            )
            for each in proposal
            if each.reviewer is not None
        )
        record_all("review.assigned", on=made, by=by, agency=self.agency, at=at)
        return made

    @transaction.atomic
    def lock(self) -> bool:
        """Hold the plan until the transaction ends, so that two clicks take turns; whether it
        still runs."""
        held = SamplingPlan.objects.select_for_update(of=("self",)).running().filter(pk=self.pk)
        return held.exists()

    @transaction.atomic
    def end(self, *, by: User, at: datetime | None = None) -> None:
        """No more of it. Assignments that nobody began are thrown away; begun ones stay. Twice is
        as once."""
        if not self.lock():
            return
        self.ended_at = at or timezone.now()
        self.save(update_fields=["ended_at"])
        for draft in self.reviews.filter(submitted_at=None, practised_on=None):
            draft.discard(by=by)
        record("plan.ended", on=self, by=by, at=at)

    @transaction.atomic
    def recuse(self, review: "Review", *, by: User, at: datetime | None = None) -> "Review | None":
        """The reviewer is involved with the person or the case: from now on they get none of this
        person here, and the assignment goes to whoever is next, with its day. None where nobody
        is left: then it waits in the plan."""
        self.lock()
        assert review.subject_id is not None and review.due_on is not None
        Recusal.objects.get_or_create(
            plan=self,
            reviewer=by,
            person_id=review.subject_id,
            defaults={"at": at or timezone.now()},
        )
        record("review.recused", on=review, by=by, at=at)
        # All of this person's that they have not submitted.
        theirs = self.reviews.filter(
            reviewer=by, subject=review.subject_id, submitted_at=None
        ).order_by("due_on", "pk")
        days = [each.due_on for each in theirs]
        for each in list(theirs):
            each.discard(by=by)
        missing = [each for each in self.proposal() if each.person == review.subject_id]
        again = [
            Proposed(each.person, each.number, each.reviewer, day or each.due_on)
            for each, day in zip(missing, days, strict=False)
        ]
        return next(iter(self.assign(again, by=by, at=at)), None)

    def _here(self, people: models.QuerySet[User], *roles: Role) -> list[int]:
        held = Position.objects.current().filter(agency=self.agency_id)
        if roles:
            held = held.filter(role__in=roles)
        found = people.filter(pk__in=held.values("person")).order_by("name", "pk")
        return list(found.values_list("pk", flat=True))


class Recusal(models.Model):
    """A reviewer said that they are involved with the person or the case. Why is nobody's to
    ask, so there is no field for it."""

    privacy = {"id": NONE, "plan": WORK, "reviewer": WORK, "person": WORK, "at": WORK}

    plan = models.ForeignKey(SamplingPlan, on_delete=models.CASCADE, related_name="recusals")
    reviewer = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "reviewer", "person"],
                name="fidelity_recusal_once",
                violation_error_message=_("They have said so already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id} not of {self.person_id}"
