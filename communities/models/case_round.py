"""A case round, after Project ECHO: a question, said back, asked about, answered, summed up; then
written suggestions. De-identified: no field asks who it is about."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.reach import is_hosted, is_joined, is_visible
from communities.models.session import Session
from communities.models.turn import is_open
from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import FREE, NONE, WORK

if TYPE_CHECKING:
    from communities.models.suggestion import Suggestion


class Step(models.TextChoices):
    QUESTION = "question", _("The presenter asks a question")
    SAID_BACK = "said_back", _("The facilitator says it back")
    CLARIFYING = "clarifying", _("Clarifying questions only")
    RECOMMENDATIONS = "recommendations", _("Recommendations")
    SUMMARY = "summary", _("Summary")
    FOLLOWING = "following", _("Written suggestions follow")


WRITABLE = (Step.RECOMMENDATIONS, Step.SUMMARY, Step.FOLLOWING)


class CaseRoundQuerySet(models.QuerySet["CaseRound"]):
    def visible_to(self, person: User) -> Self:
        return self.filter(is_visible(person, "session__series__community"))

    def joined_by(self, person: User) -> Self:
        return self.filter(is_joined(person, "session__series__community"))

    def hosted_by(self, person: User) -> Self:
        """Rounds whose steps the person moves on: who runs the session."""
        theirs = Q(session__host=person) & is_joined(person, "session__series__community")
        return self.filter(theirs | is_hosted(person, "session__series__community"))

    def with_step(self) -> Self:
        """`at_step`: where it stands, None before it begins. With the presenter."""
        steps = CaseStep.objects.filter(case_round=OuterRef("pk")).order_by("-at", "-pk")
        return self.select_related("presenter").annotate(at_step=Subquery(steps.values("step")[:1]))


class CaseRound(models.Model):
    """A dilemma that a member brings, as a question."""

    privacy = {"id": NONE, "session": WORK, "presenter": WORK, "question": FREE, "at": WORK}
    at_step: str | None
    suggestions: "models.QuerySet[Suggestion]"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="case_rounds")
    presenter = models.ForeignKey(User, on_delete=models.CASCADE, related_name="case_rounds")
    question = models.TextField(_("your question"), max_length=2000)
    at = models.DateTimeField(default=timezone.now)

    objects = CaseRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("case round")
        verbose_name_plural = _("case rounds")
        ordering = ["session", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(question=""),
                name="communities_caseround_asks",
                violation_error_message=_("Write what you want to ask."),
            )
        ]

    def __str__(self) -> str:
        return f"case round of {self.session_id}"

    def get_absolute_url(self) -> str:
        return reverse("communities:case_rounds.show", args=[self.pk])

    @property
    def step(self) -> str | None:
        """Where it stands; costs nothing on rows of `with_step`."""
        if "at_step" not in self.__dict__:
            last = self.steps.order_by("-at", "-pk").first()
            self.at_step = last.step if last else None
        return self.at_step

    @property
    def step_words(self) -> str:
        return str(Step(self.step).label) if self.step else str(_("Not begun yet"))

    @property
    def rows(self) -> list[dict[str, object]]:
        """Its steps, as components/steps.html has them."""
        here = Step.values.index(self.step) if self.step else -1
        states = ["done"] * max(here, 0) + (["now"] if here >= 0 else []) + [""] * len(Step)
        return [
            {"label": step.label, "state": states[place], "value": step.value}
            for place, step in enumerate(Step)
        ]

    @property
    def following(self) -> str | None:
        """The step after this one; None after the last."""
        place = Step.values.index(self.step) + 1 if self.step else 0
        return Step.values[place] if place < len(Step) else None

    @property
    def preceding(self) -> str | None:
        place = Step.values.index(self.step) - 1 if self.step else -1
        return Step.values[place] if place >= 0 else None

    @property
    def takes_suggestions(self) -> bool:
        return self.step in WRITABLE

    @classmethod
    @transaction.atomic
    def bring(
        cls, session: Session, question: str, *, by: User, at: datetime | None = None
    ) -> "CaseRound":
        """The person brings a question to the session. The same question twice is one round.

        Raises ValidationError when the session was called off.
        """
        if session.is_cancelled:
            raise ValidationError(_("This session is called off. Bring your question to the next."))
        User.objects.select_for_update(no_key=True).get(pk=by.pk)  # a double click waits for itself
        brought, fresh = cls.objects.get_or_create(
            session=session,
            presenter=by,
            question=question.strip(),
            defaults={"at": at or timezone.now()},
        )
        if fresh:
            record("case.brought", on=brought, by=by, agency=session.community.agency, at=at)
        return brought

    @transaction.atomic
    def move_to(self, step: str, *, by: User, at: datetime | None = None) -> None:
        """Go to a step, on or back. Where it stands already nothing changes.

        Raises ValidationError when the session isn't open.
        """
        if not is_open(self.session, at):
            raise ValidationError(_("A case round goes on while its session is open."))
        CaseRound.objects.select_for_update(of=("self",)).get(pk=self.pk)
        self.__dict__.pop("at_step", None)
        if self.step == step:
            return
        self.steps.create(step=step, by=by, at=at or timezone.now())
        self.at_step = step
        record("case.moved_on", on=self, by=by, agency=self.session.community.agency, at=at)

    @transaction.atomic
    def suggest(self, text: str, *, by: User, at: datetime | None = None) -> "Suggestion":
        """Write the presenter a suggestion. The same words twice are one.

        Raises ValidationError before the round has come to recommendations.
        """
        if not self.takes_suggestions:
            raise ValidationError(_("Suggestions begin with the recommendations. Ask first."))
        User.objects.select_for_update(no_key=True).get(pk=by.pk)  # a double click waits for itself
        written, fresh = self.suggestions.get_or_create(
            author=by, text=text.strip(), defaults={"at": at or timezone.now()}
        )
        if fresh:
            record("case.suggested", on=self, by=by, agency=self.session.community.agency, at=at)
        return written


class CaseStep(models.Model):
    """A step of a case round began."""

    privacy = {"id": NONE, "case_round": WORK, "step": NONE, "by": WORK, "at": WORK}

    case_round = models.ForeignKey(CaseRound, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=16, choices=Step)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("step of a case round")
        verbose_name_plural = _("steps of a case round")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(step__in=Step.values), name="communities_casestep_step"
            )
        ]

    def __str__(self) -> str:
        return f"{self.step} of {self.case_round_id}"
