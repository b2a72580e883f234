"""A practice experiment: one small trial by plan, do, study, act, with the prediction first."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fidelity.models.measure import Measure
from fidelity.models.source import Source
from fidelity.models.teams import Team, teams_of
from fidelity.notices import ExperimentDue
from portal.agencies.models import Agency, Position, Role
from portal.agencies.models.standing import agencies_of
from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import FREE, NONE, WORK

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

PLAN = ("aim", "prediction", "change", "begins_on", "ends_on")


class AlreadyBegun(Exception):
    """The trial has begun: its plan, and above all its prediction, stays as it was written."""


class NotUnderWay(Exception):
    """The trial has not begun, or has ended."""


class ExperimentQuerySet(models.QuerySet["Experiment"]):
    def visible_to(self, person: User) -> Self:
        """The team's: who leads it, and whom they supervise or coach now. One of a whole programme
        is for everybody who works at the agency."""
        found = Q(pk__in=[])
        for agency, lead in teams_of(person):
            found |= Q(agency=agency, lead=lead)
        programmes = Q(lead=None, agency__in=agencies_of(person))
        return self.filter(found | programmes)

    def editable_by(self, person: User) -> Self:
        """Those under way, or not begun: by whoever started them, and by who leads the team; a
        programme's by its admins too."""
        theirs = (
            Q(started_by=person)
            | Q(lead=person)
            | Q(lead=None, agency__in=agencies_of(person, Role.ADMIN))
        )
        return self.visible_to(person).filter(theirs, ended_at=None)

    def under_way(self) -> Self:
        return self.filter(begun_at__isnull=False, ended_at=None)

    def due(self, on: date) -> Self:
        """Trials whose last day has come: time to study and to decide."""
        return self.under_way().filter(ends_on__lte=on).order_by("ends_on", "pk")

    @transaction.atomic
    def start(
        self,
        *,
        by: User,
        team: Team,
        measure: Measure,
        source: str,
        follows: "Experiment | None" = None,
        at: datetime | None = None,
        **plan: Any,
    ) -> "Experiment":
        """Write the plan down. Raises ValidationError without a prediction. A next cycle keeps the
        team, measure and source of the one it follows."""
        agency, lead = team
        if follows is not None:
            agency, lead = follows.agency_id, follows.lead_id
            measure, source = follows.measure, follows.source
        planned = Experiment(
            agency_id=agency,
            lead_id=lead,
            measure=measure,
            source=source,
            follows=follows,
            started_by=by,
            started_at=at or timezone.now(),
            **plan,
        )
        planned.full_clean()
        planned.save()
        record("experiment.planned", on=planned, by=by, at=at)
        return planned


class Experiment(models.Model):
    class Decision(models.TextChoices):
        ADOPT = "adopt", _("adopt")
        ADAPT = "adapt", _("adapt")
        ABANDON = "abandon", _("abandon")

    privacy = {
        "id": NONE,
        "agency": WORK,
        "lead": WORK,
        "measure": NONE,
        "source": NONE,
        "follows": WORK,
        "prediction": FREE,
        "aim": FREE,
        "change": FREE,
        "begins_on": WORK,
        "ends_on": WORK,
        "started_by": WORK,
        "started_at": WORK,
        "begun_at": WORK,
        "done": FREE,
        "learned": FREE,
        "decision": WORK,
        "ended_at": WORK,
    }
    followed_by: "RelatedManager[Experiment]"

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    lead = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # whose team; empty for a whole programme
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(_("source"), max_length=14, choices=Source)
    follows = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="followed_by"
    )
    prediction = models.TextField(_("what we expect"), max_length=1000)
    aim = models.CharField(_("what we want to get better at"), max_length=200)
    change = models.TextField(_("what we will try"), max_length=1000)
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    begun_at = models.DateTimeField(null=True, blank=True)
    done = models.TextField(_("what happened"), max_length=2000, blank=True)
    learned = models.TextField(_("what we learned"), max_length=2000, blank=True)
    decision = models.CharField(_("decision"), max_length=7, choices=Decision, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ExperimentQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice experiment")
        verbose_name_plural = _("practice experiments")
        ordering = ["-begins_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(prediction=""),
                name="fidelity_experiment_predicts",
                violation_error_message=_("Write what you expect before anything else."),
            ),
            models.CheckConstraint(
                condition=~Q(aim="") & ~Q(change=""),
                name="fidelity_experiment_says_what",
                violation_error_message=_(
                    "Write what you want to get better at, and what you try."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="fidelity_experiment_ends_after",
                violation_error_message=_("Choose an end that comes after the start."),
            ),
            models.CheckConstraint(
                condition=Q(source__in=Source.values),
                name="fidelity_experiment_source",
                violation_error_message=_("Choose a source from the list."),
            ),
            models.CheckConstraint(
                condition=Q(decision="", ended_at=None)
                | Q(decision__in=["adopt", "adapt", "abandon"], ended_at__isnull=False)
                & Q(begun_at__isnull=False)
                & ~Q(learned=""),
                name="fidelity_experiment_decided",
                violation_error_message=_(
                    "Say what you learned, and adopt, adapt or abandon: only a trial that began "
                    "ends."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.aim

    def get_absolute_url(self) -> str:
        return reverse("fidelity:experiments.show", args=[self.pk])

    @property
    def is_under_way(self) -> bool:
        return self.begun_at is not None and self.ended_at is None

    @transaction.atomic
    def plan_anew(self, **plan: Any) -> None:
        """Change the plan while nothing has begun. Raises AlreadyBegun after."""
        self._lock()
        if self.begun_at is not None:
            raise AlreadyBegun
        for name, value in plan.items():
            setattr(self, name, value)
        self.full_clean()
        self.save(update_fields=list(plan))

    @transaction.atomic
    def begin(self, *, by: User, at: datetime | None = None) -> None:
        """The trial begins, and the plan is frozen (the database keeps it). Twice is as once."""
        self._lock()
        if self.begun_at is not None:
            return
        self.begun_at = at or timezone.now()
        self.save(update_fields=["begun_at"])
        record("experiment.begun", on=self, by=by, at=at)

    @transaction.atomic
    def note(self, *, done: str, learned: str) -> None:
        """Keep what happened and what is learned so far. Raises NotUnderWay."""
        self._lock()
        if not self.is_under_way:
            raise NotUnderWay
        self.done, self.learned = done.strip(), learned.strip()
        self.save(update_fields=["done", "learned"])

    @transaction.atomic
    def decide(
        self,
        decision: str,
        *,
        by: User,
        done: str,
        learned: str,
        at: datetime | None = None,
    ) -> None:
        """Adopt, adapt or abandon: the end of this cycle. Raises NotUnderWay, and ValidationError
        without a word of what was learned."""
        self.note(done=done, learned=learned)
        if not self.learned:
            raise ValidationError({"learned": _("Say what you learned, beside what you expected.")})
        self.decision, self.ended_at = decision, at or timezone.now()
        self.full_clean()
        self.save(update_fields=["decision", "ended_at"])
        ExperimentDue.look_again(self._deciders(), self.ended_at)
        record("experiment.decided", on=self, by=by, at=at)

    def cycles(self) -> list["Experiment"]:
        """The chain that it belongs to, the first cycle first. One query a cycle before it, and
        one a cycle after: they are few."""
        chain = [self]
        while (before := chain[0].follows) is not None:
            chain.insert(0, before)
        while (after := chain[-1].followed_by.order_by("pk").first()) is not None:
            chain.append(after)
        return chain

    def _deciders(self) -> list[int]:
        """The ids of whoever may have been told that it is time."""
        told = {self.lead_id or self.started_by_id, self.started_by_id}
        if self.lead_id is None:
            admins = Position.objects.current().filter(agency=self.agency_id, role=Role.ADMIN)
            told |= set(admins.values_list("person", flat=True))
        return sorted(told)

    def _lock(self) -> None:
        held = Experiment.objects.select_for_update(of=("self",)).get(pk=self.pk)
        self.begun_at, self.ended_at = held.begun_at, held.ended_at
