"""Who supervises or coaches whom, from when until when."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.agencies.models.agency import Agency
from portal.agencies.models.dated import Dated, DatedQuerySet, OnDays
from portal.agencies.models.position import SPAN
from portal.agencies.models.standing import agencies_of
from portal.agencies.notices import SupervisionBegun
from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import NONE, WORK


class SupervisionQuerySet(DatedQuerySet["Supervision"]):
    """Relations between people, dated."""

    def administered_by(self, person: User) -> Self:
        return self.filter(agency__in=agencies_of(person, "admin"))

    @transaction.atomic
    def begin(
        self,
        supervisor: User,
        supervisee: User,
        agency: Agency,
        *,
        by: User | None,
        kind: str = "supervises",
        since: datetime | None = None,
    ) -> "Supervision":
        """Let one person supervise or coach another from `since` (now) on.

        One that holds already stays as it is. Raises ValidationError on oneself.
        """
        since = since or timezone.now()
        pair = self.filter(agency=agency, supervisor=supervisor, supervisee=supervisee, kind=kind)
        if standing := pair.not_over(since).first():
            return standing
        relation = Supervision(
            agency=agency, supervisor=supervisor, supervisee=supervisee, kind=kind, since=since
        )
        relation.full_clean()
        relation.save()
        record("supervision.begun", on=relation, by=by)
        SupervisionBegun.tell(
            [supervisor, supervisee], about=relation, due_at=max(since, timezone.now())
        )
        return relation


class Supervision(OnDays, Dated):
    """One person answers for, or develops, another's practice in an agency."""

    privacy = {
        "id": NONE,
        "agency": WORK,
        "supervisor": WORK,
        "supervisee": WORK,
        "kind": WORK,
        "since": WORK,
        "until": WORK,
    }

    class Kind(models.TextChoices):
        SUPERVISES = "supervises", _("supervises")
        COACHES = "coaches", _("coaches")

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="supervisions")
    supervisor = models.ForeignKey(User, on_delete=models.CASCADE, related_name="supervising")
    supervisee = models.ForeignKey(User, on_delete=models.CASCADE, related_name="supervised")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.SUPERVISES)

    objects = SupervisionQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("supervision")
        verbose_name_plural = _("supervisions")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=["supervises", "coaches"]), name="agencies_supervision_kind"
            ),
            models.CheckConstraint(
                condition=~Q(supervisor=F("supervisee")),
                name="agencies_supervision_not_self",
                violation_error_message=_("Choose someone else: nobody supervises themselves."),
            ),
            ExclusionConstraint(
                name="agencies_supervision_no_overlap",
                expressions=[
                    ("agency", RangeOperators.EQUAL),
                    ("supervisor", RangeOperators.EQUAL),
                    ("supervisee", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (SPAN, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("That is in place already at that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supervisor} {self.kind} {self.supervisee}"

    @property
    def sentence(self) -> str:
        """Who does what for whom, as one sentence: other languages put it in another order."""
        words = (
            gettext("%(supervisor)s supervises %(supervisee)s")
            if self.kind == self.Kind.SUPERVISES
            else gettext("%(supervisor)s coaches %(supervisee)s")
        )
        return words % {"supervisor": self.supervisor, "supervisee": self.supervisee}

    @transaction.atomic
    def end(self, *, by: User | None, at: datetime | None = None) -> None:
        """End it at `at` (now). One that never began is gone; an ended one stays as it is."""
        at = at or timezone.now()
        if self.until and self.until <= at:
            return
        record("supervision.ended", on=self, by=by)
        if self.since >= at:
            self.delete()
            return
        self.until = at
        self.save(update_fields=["until"])
