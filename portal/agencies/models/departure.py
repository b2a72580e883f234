"""Someone leaves an agency: all that they hold there ends in one act, or is handed over."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.agencies import departures as registry
from portal.agencies.models.agency import Agency
from portal.agencies.models.invitation import Invitation
from portal.agencies.models.position import Role
from portal.agencies.models.standing import agencies_of
from portal.agencies.models.supervision import Supervision
from portal.agencies.notices import HandedOver
from portal.audit.events import record
from portal.notices.kinds import kinds, subject_of
from portal.notices.models import Notice
from portal.people import devices
from portal.people.models import User
from portal.web.privacy import NONE, WORK


@dataclass
class Outcome:
    """What a departure did, or would do: a line a thing, in words."""

    ended: list[str] = field(default_factory=list)
    handed_over: list[str] = field(default_factory=list)
    ends_access: bool = False


class _Rehearsed(Exception):
    """Takes back what a rehearsal wrote."""


class DepartureQuerySet(models.QuerySet["Departure"]):
    def administered_by(self, person: User) -> Self:
        return self.filter(agency__in=agencies_of(person, "admin"))

    def planned(self) -> Self:
        """Known, and still to come."""
        return self.filter(carried_out_at=None)

    def due(self, at: datetime | None = None) -> Self:
        return self.planned().filter(at__lte=at or timezone.now())

    @transaction.atomic
    def depart(
        self,
        agency: Agency,
        person: User,
        *,
        by: User | None,
        hand_over_to: User | None = None,
        at: datetime | None = None,
    ) -> "Departure":
        """Let someone leave at `at` (now); a later day is carried out when it comes.

        A second departure while one is planned changes that one. Raises ValidationError when
        nobody would be left to run the agency, or the successor does not work there.
        """
        now = timezone.now()
        departure = self._drafted(agency, person, by, hand_over_to, at or now)
        departure.full_clean()
        departure.save()
        if departure.at <= now:
            departure.carry_out()
        else:
            record("departure.planned", on=departure, by=by)
        return departure

    def rehearse(
        self,
        agency: Agency,
        person: User,
        *,
        by: User | None,
        hand_over_to: User | None = None,
        at: datetime | None = None,
    ) -> Outcome:
        """What `depart` would do, once its day has come: the act itself, taken back."""
        departure = self._drafted(agency, person, by, hand_over_to, at or timezone.now())
        departure.full_clean()
        return departure.rehearse()

    def _drafted(
        self,
        agency: Agency,
        person: User,
        by: User | None,
        hand_over_to: User | None,
        at: datetime,
    ) -> "Departure":
        planned = Departure.objects.planned().filter(agency=agency, person=person)
        departure = planned.first() or Departure(agency=agency, person=person)
        departure.by, departure.at, departure.hand_over_to = by, at, hand_over_to
        return departure


class Departure(models.Model):
    """`person` leaves `agency` at `at`; `carried_out_at` says that it has been done."""

    privacy = {
        "id": NONE,
        "agency": WORK,
        "person": WORK,
        "hand_over_to": WORK,
        "by": WORK,
        "at": WORK,
        "carried_out_at": WORK,
        "ended_access": NONE,
    }

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="departures")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="departures")
    hand_over_to = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    carried_out_at = models.DateTimeField(null=True, blank=True)
    ended_access = models.BooleanField(default=False)  # they worked nowhere else

    objects = DepartureQuerySet.as_manager()

    class Meta:
        verbose_name = _("departure")
        verbose_name_plural = _("departures")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "person"],
                condition=Q(carried_out_at=None),
                name="agencies_departure_one_planned",
                violation_error_message=_("Their departure is planned already: change that one."),
            ),
            models.CheckConstraint(
                condition=Q(hand_over_to=None) | ~Q(hand_over_to=F("person")),
                name="agencies_departure_not_to_self",
                violation_error_message=_("Choose someone who stays to take over."),
            ),
            models.CheckConstraint(
                condition=Q(carried_out_at=None) | Q(carried_out_at__gte=F("at")),
                name="agencies_departure_not_before_its_day",
                violation_error_message=_("A departure is carried out on its day, not before."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} leaves {self.agency_id}"

    def clean(self) -> None:
        super().clean()
        runs_it = self.person.positions.holding(Role.ADMIN).filter(agency=self.agency).exists()
        if runs_it and not self.agency.has_admin_besides(self.person):
            raise ValidationError(
                _("Make someone else an admin first: the agency needs one."), code="last_admin"
            )
        if self.hand_over_to and not _works_at(self.agency, self.hand_over_to):
            raise ValidationError(
                {"hand_over_to": _("Choose someone who works at the agency to take over.")}
            )

    def rehearse(self) -> Outcome:
        """What carrying it out would do. Nothing stays of it."""
        outcome = Outcome()
        try:
            with transaction.atomic():
                outcome = self._act(min(self.at, timezone.now()))
                raise _Rehearsed
        except _Rehearsed:
            return outcome

    @transaction.atomic
    def carry_out(self) -> Outcome | None:
        """End and hand over; None when it has been done. Others wait for the same departure."""
        now = timezone.now()
        mine = Departure.objects.planned().filter(pk=self.pk)
        if not mine.update(carried_out_at=max(now, self.at)):
            return None
        self.carried_out_at = max(now, self.at)
        outcome = self._act(self.at)
        self.ended_access = outcome.ends_access
        self.save(update_fields=["ended_access"])
        record("departure.carried_out", on=self, by=self.by)
        if self.hand_over_to and outcome.handed_over:
            HandedOver.tell([self.hand_over_to], about=self)
        return outcome

    @transaction.atomic
    def call_off(self, *, by: User | None) -> None:
        """They stay after all. What has been carried out stays so: welcome them back instead."""
        if self.carried_out_at is None:
            record("departure.called_off", on=self, by=by)
            self.delete()

    def _act(self, at: datetime) -> Outcome:
        person = User.objects.select_for_update(of=("self",)).get(pk=self.person_id)
        agency, by, outcome = self.agency, self.by, Outcome()
        if self.hand_over_to:
            outcome.handed_over += _hand_over_people(person, self.hand_over_to, agency, by, at)
            outcome.handed_over += registry.hand_over_all(person, self.hand_over_to, agency, by, at)
        outcome.ended += registry.end_all(person, agency, by, at)
        outcome.ended += _end_supervisions(person, agency, by, at)
        outcome.ended += _end_positions(person, agency, by, at)
        outcome.ended += _end_invitations(person, agency, by, at)
        outcome.ends_access = not person.positions.not_over(at).exists()
        outcome.ended += _end_access(person, at) if outcome.ends_access else []
        _withdraw_notices(person, everything=outcome.ends_access, at=at)
        return outcome


def _works_at(agency: Agency, person: User) -> bool:
    return person.positions.current().filter(agency=agency).exists()


def _hand_over_people(
    leaver: User, successor: User, agency: Agency, by: User | None, at: datetime
) -> list[str]:
    lines = []
    theirs = Supervision.objects.not_over(at).filter(agency=agency, supervisor=leaver)
    for relation in theirs.exclude(supervisee=successor).select_related("supervisee"):
        Supervision.objects.begin(
            successor, relation.supervisee, agency, kind=relation.kind, since=at, by=by
        )
        words = (
            gettext("Supervision of %(person)s")
            if relation.kind == Supervision.Kind.SUPERVISES
            else gettext("Coaching of %(person)s")
        )
        lines.append(words % {"person": relation.supervisee})
    waiting = Invitation.objects.standing().filter(agency=agency)
    waiting.filter(supervisor=leaver).update(supervisor=successor)
    waiting.filter(coach=leaver).update(coach=successor)
    return lines


def _end_supervisions(person: User, agency: Agency, by: User | None, at: datetime) -> list[str]:
    lines = []
    theirs = Supervision.objects.not_over(at).filter(
        Q(supervisor=person) | Q(supervisee=person), agency=agency
    )
    for relation in theirs.select_related("supervisor", "supervisee"):
        relation.end(by=by, at=at)
        lines.append(relation.sentence)
    return lines


def _end_positions(person: User, agency: Agency, by: User | None, at: datetime) -> list[str]:
    lines = []
    for position in person.positions.not_over(at).filter(agency=agency):
        lines.append(
            gettext("Role: %(role)s") % {"role": position.get_role_display()}  # before it is gone
        )
        position.end(by=by, at=at)
    return lines


def _end_invitations(person: User, agency: Agency, by: User | None, at: datetime) -> list[str]:
    """Those for them here, and those that they sent from here."""
    lines = []
    theirs = Invitation.objects.standing().filter(
        Q(email=person.email) | Q(invited_by=person), agency=agency
    )
    for invitation in theirs:
        invitation.revoke(by=by, at=at)
        lines.append(gettext("Invitation of %(name)s") % {"name": invitation.name})
    return lines


def _end_access(person: User, at: datetime) -> list[str]:
    person.is_active = False
    person.save(update_fields=["is_active"])
    signed_in = devices.end_all(person)
    feeds = person.feed_tokens.revoke(at=at)
    lines = [gettext("Signing in to Trellis: they work at no other agency here")]
    if signed_in:
        lines.append(gettext("Signed-in devices: %(count)d") % {"count": signed_in})
    if feeds:
        lines.append(gettext("Calendar addresses: %(count)d") % {"count": feeds})
    return lines


def _withdraw_notices(person: User, *, everything: bool, at: datetime) -> None:
    """All that waits for someone without access; else what they may no longer see."""
    waiting = Notice.objects.standing().filter(recipient=person, read_at=None)
    if not everything:
        waiting = waiting.filter(pk__in=list(_of_no_use(waiting)))
    waiting.update(withdrawn_at=timezone.now())


def _of_no_use(waiting: Iterable[Notice]) -> Iterable[int]:
    for notice in waiting:
        kind, subject = kinds.get(notice.kind), subject_of(notice)
        if kind is None or subject is None or not kind.still_holds(notice, subject):
            yield notice.pk
