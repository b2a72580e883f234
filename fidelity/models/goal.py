"""One goal that two people agree on after a review, with actions, a date and a reviewer.

The actions stay here and are no commitments (in communities): a commitment is its owner's alone,
and these are read by whoever looks at the person's practice next.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fidelity.models.feedback import Feedback
from fidelity.models.supervised import pairs_of
from fidelity.notices import GoalAgreed, GoalDue, GoalProposed
from portal.agencies.models import Agency
from portal.agencies.models.standing import agencies_of
from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import FREE, NONE, WORK

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

MOST_ACTIONS = 5


class NotOpen(Exception):
    """The goal has ended, or is not agreed yet, or was changed meanwhile."""


class GoalQuerySet(models.QuerySet["FocusGoal"]):
    def visible_to(self, person: User) -> Self:
        """The person's own, their reviewer's, the proposer's; and, of agreed ones, those of people
        whom `person` supervises or coaches now. An admin reads none."""
        found = Q(person=person) | Q(reviewer=person) | Q(feedback__author=person)
        for agency, supervisee in pairs_of(person):
            found |= Q(agency=agency, person=supervisee, agreed_at__isnull=False)
        return self.filter(found, agency__in=agencies_of(person))

    def agreeable_by(self, person: User) -> Self:
        """Proposals that wait for this person's word: the other of the two made them."""
        return self._between(person).filter(agreed_at=None).exclude(proposed_by=person)

    def editable_by(self, person: User) -> Self:
        """Open ones between the person and the other; what is changed is a proposal again."""
        return self._between(person)

    def settleable_by(self, person: User) -> Self:
        """Agreed and open ones: the person's own, and those that `person` looks at."""
        theirs = Q(person=person) | Q(reviewer=person) | Q(feedback__author=person)
        return self.open().filter(theirs, agreed_at__isnull=False, agency__in=agencies_of(person))

    def open(self) -> Self:
        return self.filter(ended_at=None)

    def current(self, person: User | int, agencies: Iterable[int]) -> Self:
        """What the person works at now, in one of `agencies`: agreed and open."""
        return self.open().filter(person=person, agency__in=list(agencies), agreed_at__isnull=False)

    def due(self, on: date) -> Self:
        """Agreed, open, and to be looked at on that day or before."""
        found = self.open().filter(agreed_at__isnull=False, due_on__lte=on)
        return found.order_by("due_on", "pk")

    def _between(self, person: User) -> Self:
        theirs = Q(person=person) | Q(feedback__author=person)
        return self.open().filter(theirs, agency__in=agencies_of(person))

    @transaction.atomic
    def propose(
        self, feedback: Feedback, *, by: User, at: datetime | None = None, **words: Any
    ) -> "FocusGoal":
        """One of the two proposes. Raises ValidationError where the person has a goal already."""
        review = feedback.review
        assert review.subject is not None  # the database sees to it
        goal = FocusGoal(
            agency=review.agency,
            person=review.subject,
            feedback=feedback,
            proposed_by=by,
            proposed_at=at or timezone.now(),
            **words,
        )
        # A double click waits for itself.
        User.objects.select_for_update(no_key=True).get(pk=review.subject.pk)
        goal.full_clean()
        goal.save()
        goal._ask_the_other()
        record("goal.proposed", on=goal, by=by, at=at)
        return goal

    @transaction.atomic
    def hand_over(self, *, leaver: User, successor: User, agency: Agency) -> list["FocusGoal"]:
        """The leaver's part as reviewer goes to the successor, except of the successor's own."""
        held = self.open().filter(reviewer=leaver, agency=agency).exclude(person=successor)
        goals: list[FocusGoal] = list(held.select_related("person").select_for_update(of=("self",)))
        self.filter(pk__in=[goal.pk for goal in goals]).update(reviewer=successor)
        GoalDue.look_again([leaver.pk])
        return goals


class FocusGoal(models.Model):
    privacy = {
        "id": NONE,
        "agency": WORK,
        "person": WORK,
        "feedback": WORK,
        "text": FREE,
        "actions": FREE,
        "due_on": WORK,
        "reviewer": WORK,
        "proposed_by": WORK,
        "proposed_at": WORK,
        "agreed_at": WORK,
        "ended_at": WORK,
    }
    outcomes: "RelatedManager[GoalOutcome]"

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="goals")
    text = models.CharField(_("the goal"), max_length=300)
    actions = ArrayField(
        models.CharField(max_length=200), size=MOST_ACTIONS, verbose_name=_("actions")
    )
    due_on = models.DateField(_("look at it again on"))
    reviewer = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("who looks at it")
    )
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    agreed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("focus goal")
        verbose_name_plural = _("focus goals")
        ordering = ["-proposed_at", "-pk"]
        indexes = [
            models.Index(fields=["due_on"], name="fidelity_goal_due", condition=Q(ended_at=None))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "agency"],
                condition=Q(ended_at=None),
                name="fidelity_goal_one_at_a_time",
                violation_error_message=_(
                    "There is a goal already: say what became of it before you agree on the next."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="fidelity_goal_says_what",
                violation_error_message=_("Write the goal."),
            ),
            models.CheckConstraint(
                condition=Q(actions__len__gte=1, actions__len__lte=MOST_ACTIONS),
                name="fidelity_goal_has_actions",
                violation_error_message=_("Write one to five actions, one on each line."),
            ),
            models.CheckConstraint(
                condition=~Q(reviewer=F("person")),
                name="fidelity_goal_not_own_reviewer",
                violation_error_message=_("Choose someone else to look at it."),
            ),
            models.CheckConstraint(
                condition=Q(agreed_at=None) | Q(agreed_at__gte=F("proposed_at")),
                name="fidelity_goal_agreed_after",
                violation_error_message=_("A goal is agreed after it was proposed."),
            ),
        ]

    def __str__(self) -> str:
        return f"goal of {self.person_id}"

    def get_absolute_url(self) -> str:
        return reverse("fidelity:goals.show", args=[self.pk])

    @property
    def is_agreed(self) -> bool:
        return self.agreed_at is not None

    @property
    def is_due(self) -> bool:
        return self.is_agreed and self.ended_at is None and self.due_on <= timezone.localdate()

    @transaction.atomic
    def change(self, *, by: User, at: datetime | None = None, **words: Any) -> None:
        """Other words, actions, day or reviewer: a proposal again, for the other to agree to."""
        self._lock_open()
        told = [self.person_id, self.reviewer_id]
        for name, value in words.items():
            setattr(self, name, value)
        self.proposed_by, self.proposed_at, self.agreed_at = by, at or timezone.now(), None
        self.full_clean()
        self.save(update_fields=[*words, "proposed_by", "proposed_at", "agreed_at"])
        GoalDue.look_again(told, at)
        self._ask_the_other()
        record("goal.proposed", on=self, by=by, at=at)

    @transaction.atomic
    def agree(self, *, by: User, at: datetime | None = None) -> None:
        """The other of the two says yes. Twice is as once; nobody agrees to their own proposal.

        Raises NotOpen when it has ended, or was changed by `by` since.
        """
        self._lock_open()
        if self.agreed_at is not None:
            return
        if self.proposed_by_id == by.pk:
            raise NotOpen
        self.agreed_at = max(at or timezone.now(), self.proposed_at)
        self.save(update_fields=["agreed_at"])
        GoalProposed.withdraw(about=self, at=at)
        GoalAgreed.tell([self.proposed_by], about=self, due_at=self.agreed_at)
        record("goal.agreed", on=self, by=by, at=at)

    @transaction.atomic
    def settle(
        self,
        kind: str,
        *,
        by: User,
        words: str,
        next_on: date | None = None,
        at: datetime | None = None,
    ) -> "GoalOutcome":
        """Say what became of it. Carried on, it comes back on `next_on`; the other two end it.

        Raises NotOpen for one that has ended or is no more than a proposal, and ValidationError
        on `next_on` when "carried on" has no later day.
        """
        at = at or timezone.now()
        self._lock_open()
        if self.agreed_at is None:
            raise NotOpen
        outcome = GoalOutcome(
            goal=self, kind=kind, words=words.strip(), by=by, at=at, due_before=self.due_on
        )
        if kind == GoalOutcome.Kind.CARRIED_ON:
            if next_on is None or next_on < timezone.localdate(at):
                raise ValidationError({"next_on": _("Choose a day in the future.")})
            self.due_on = next_on
            self.save(update_fields=["due_on"])
        else:
            self.ended_at = at
            self.save(update_fields=["ended_at"])
        outcome.full_clean()
        outcome.save()
        GoalDue.look_again([self.person_id, self.reviewer_id], at)
        record("goal.settled", on=self, by=by, at=at)
        return outcome

    @transaction.atomic
    def take_back(self, *, by: User) -> None:
        """A proposal that nobody agreed to goes. Raises NotOpen for an agreed one."""
        self._lock_open()
        if self.agreed_at is not None:
            raise NotOpen
        GoalProposed.withdraw(about=self)
        record("goal.taken_back", on=self, by=by)
        self.delete()

    def _ask_the_other(self) -> None:
        """Whoever of the two did not propose it hears that it waits for their word."""
        GoalProposed.withdraw(about=self, at=self.proposed_at)
        own = self.proposed_by_id == self.person_id
        other = self.feedback.author if own else self.person
        GoalProposed.tell([other], about=self, due_at=self.proposed_at)

    def _lock_open(self) -> None:
        """Hold the row until the transaction ends, and go by it: it may have changed since it was
        read. Raises NotOpen when it has ended."""
        held = FocusGoal.objects.select_for_update(of=("self",)).open()
        now = ("agreed_at", "proposed_by", "proposed_at", "due_on")
        try:
            self.refresh_from_db(fields=now, from_queryset=held)
        except FocusGoal.DoesNotExist:
            raise NotOpen from None


class GoalOutcome(models.Model):
    """What was said of a goal when it was looked at."""

    class Kind(models.TextChoices):
        MET = "met", _("met")
        CARRIED_ON = "carried_on", _("carried on")
        DROPPED = "dropped", _("dropped")

    privacy = {
        "id": NONE,
        "goal": WORK,
        "kind": WORK,
        "words": FREE,
        "by": WORK,
        "at": WORK,
        "due_before": WORK,
    }

    goal = models.ForeignKey(FocusGoal, on_delete=models.CASCADE, related_name="outcomes")
    kind = models.CharField(_("what became of it"), max_length=10, choices=Kind)
    words = models.CharField(_("in a word or two"), max_length=300)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    due_before = models.DateField()

    class Meta:
        verbose_name = _("outcome of a goal")
        verbose_name_plural = _("outcomes of goals")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["met", "carried_on", "dropped"]),
                name="fidelity_goal_outcome_kind",
                violation_error_message=_("Choose what became of it."),
            ),
            models.CheckConstraint(
                condition=~Q(words=""),
                name="fidelity_goal_outcome_words",
                violation_error_message=_("Say in a word or two what you saw."),
            ),
            models.UniqueConstraint(
                fields=["goal"],
                condition=~Q(kind="carried_on"),
                name="fidelity_goal_outcome_one_end",
                violation_error_message=_("It was said already what became of this goal."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
