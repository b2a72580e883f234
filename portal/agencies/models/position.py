"""A dated position in an agency: what a person is at work, never a flag on the user."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Func, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.agencies.models.agency import Agency
from portal.agencies.models.dated import Dated, DatedQuerySet, OnDays
from portal.agencies.models.standing import agencies_of
from portal.agencies.notices import PositionBegun
from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import NONE, WORK


class Role(models.TextChoices):
    FACILITATOR = "facilitator", _("facilitator")
    PEER_PARTNER = "peer_partner", _("peer partner")
    SUPERVISOR = "supervisor", _("supervisor")
    COACH = "coach", _("coach")
    ADMIN = "admin", _("admin")


SPAN = Func(
    F("since"), F("until"), Value("[)"), function="TSTZRANGE", output_field=DateTimeRangeField()
)


class PositionQuerySet(DatedQuerySet["Position"]):
    def holding(self, *roles: str, at: datetime | None = None) -> Self:
        """Current positions with one of `roles`."""
        return self.current(at).filter(role__in=roles)

    def administered_by(self, person: User) -> Self:
        return self.filter(agency__in=agencies_of(person, "admin"))

    @transaction.atomic
    def begin(
        self,
        person: User,
        agency: Agency,
        role: str,
        *,
        by: User | None,
        since: datetime | None = None,
        until: datetime | None = None,
        quietly: bool = False,
    ) -> "Position":
        """Give someone a role from `since` (now) on, and tell them unless `quietly`.

        Raises ValidationError when they hold it in that time already.
        """
        position = Position(
            person=person, agency=agency, role=role, since=since or timezone.now(), until=until
        )
        position.full_clean()
        position.save()
        agency.lets_in_again(person)
        record("position.begun", on=position, by=by)
        if not quietly:
            PositionBegun.tell([person], about=position, due_at=max(position.since, timezone.now()))
        return position


class Position(OnDays, Dated):
    """A person's role in an agency from `since` until `until`. A stand-in's has an end."""

    privacy = {
        "id": NONE,
        "person": WORK,
        "agency": WORK,
        "role": WORK,
        "since": WORK,
        "until": WORK,
    }

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="positions")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="positions")
    role = models.CharField(_("role"), max_length=20, choices=Role)

    objects = PositionQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        indexes = [models.Index(fields=["agency", "role"], name="agencies_position_agency_role")]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="agencies_position_role"
            ),
            ExclusionConstraint(
                name="agencies_position_no_overlap",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("agency", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (SPAN, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("They hold this role in that time already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"

    @transaction.atomic
    def last_until(self, until: datetime | None, *, by: User | None) -> None:
        """Let the role end at `until`, or go on without an end (None).

        Raises ValidationError when that overlaps, or leaves the agency without an admin.
        """
        if self.until == until:
            return
        if until and self.role == Role.ADMIN and not self.agency.has_admin_besides(self.person):
            raise ValidationError(
                _("Make someone else an admin first: the agency needs one."), code="last_admin"
            )
        self.until = until
        self.full_clean()
        self.save(update_fields=["until"])
        if until is None or until > timezone.now():
            self.agency.lets_in_again(self.person)  # it may have ended by its date before
        record("position.ended" if until else "position.begun", on=self, by=by)

    @transaction.atomic
    def end(self, *, by: User | None, at: datetime | None = None) -> None:
        """End the role at `at` (now). One that never began is gone; an ended one stays as it is."""
        at = at or timezone.now()
        if self.until and self.until <= at:
            return
        record("position.ended", on=self, by=by)
        if self.since >= at:
            self.delete()
            return
        self.until = at
        self.full_clean()
        self.save(update_fields=["until"])
