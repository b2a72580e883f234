"""An agency employs people and owns their data: the tenant."""

import zoneinfo
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.agencies.days_off import days_off_changed
from portal.agencies.holidays import DaysOff
from portal.agencies.models.showing import Showing
from portal.agencies.models.standing import agencies_of
from portal.audit.events import record
from portal.people.models import User, is_zone
from portal.web.privacy import NONE, WORK

if TYPE_CHECKING:
    from portal.agencies.models.departure import Departure, DepartureQuerySet
    from portal.agencies.models.invitation import Invitation, InvitationQuerySet
    from portal.agencies.models.position import Position, PositionQuerySet
    from portal.agencies.models.showing import ShowingQuerySet
    from portal.agencies.models.supervision import SupervisionQuerySet


class AgencyQuerySet(models.QuerySet["Agency"]):
    def visible_to(self, person: User) -> Self:
        """Agencies that the person works for now."""
        return self.filter(pk__in=agencies_of(person))

    def administered_by(self, person: User) -> Self:
        """Agencies where the person is an admin now."""
        return self.filter(pk__in=agencies_of(person, "admin"))

    @transaction.atomic
    def found(self, name: str, *, time_zone: str, admin: str, admin_name: str = "") -> "Invitation":
        """A new agency; the invitation of its first admin, by email, is on its way.

        Raises ValidationError on a name that is taken or a zone that does not exist.
        """
        agency = Agency(name=name, time_zone=time_zone)
        agency.full_clean()
        agency.save()
        record("agency.founded", on=agency, by=None, agency=agency)
        name_of_admin = admin_name or admin.partition("@")[0]
        return agency.invites(admin, name=name_of_admin, role="admin", by=None)


class Agency(models.Model):
    """The organisation, and its policy."""

    privacy = {
        "id": NONE,
        "name": WORK,
        "time_zone": NONE,
        "country": NONE,
        "subdivision": NONE,
        "second_factor_required": NONE,
        "shows_that_someone_reflects": NONE,
    }
    positions: "PositionQuerySet"
    showings: "ShowingQuerySet"
    supervisions: "SupervisionQuerySet"
    invitations: "InvitationQuerySet"
    departures: "DepartureQuerySet"

    name = models.CharField(_("name"), max_length=120, unique=True)
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[is_zone])
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        db_default="",
        default="",
        help_text=_("Its public holidays are days off for the sessions of your communities."),
    )
    subdivision = models.CharField(
        _("state or region"), max_length=12, blank=True, db_default="", default=""
    )
    second_factor_required = models.BooleanField(
        _("supervisors and admins need a second factor"),
        default=False,
        help_text=_("They are asked to set one up at their next visit."),
    )
    shows_that_someone_reflects = models.BooleanField(
        _("supervisors see that someone reflected"),
        default=False,
        help_text=_(
            "For each month, whether somebody kept a reflection: yes or not yet. Never what, how "
            "much or when. Everyone sees in their journal that this is on."
        ),
    )

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(country="") | Q(subdivision=""),
                name="agencies_agency_region_of_a_country",
                violation_error_message=_("Choose the country, too."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("agencies:people.index", args=[self.pk])

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def days_off(self) -> DaysOff:
        """The calendar of working days of its place."""
        return DaysOff(self.country, self.subdivision)

    @transaction.atomic
    def change_policy(self, names: Iterable[str], *, by: User | None) -> None:
        """Save the fields that were set. Who plans around the days off hears when they change."""
        names = list(names)
        if not names:
            return
        self.save(update_fields=names)
        record("agency.policy_changed", on=self, by=by, agency=self)
        if "shows_that_someone_reflects" in names:
            Showing.objects.turn(self, on=self.shows_that_someone_reflects)
        if {"country", "subdivision"} & set(names):
            days_off_changed(self, by=by)

    def midnight(self, day: date) -> datetime:
        """The instant at which a day begins at the agency. Where the clock skips midnight, the
        first instant that it shows after."""
        wall = datetime.combine(day, time.min, tzinfo=self.zone)
        return wall.astimezone(UTC)

    def day_of(self, instant: datetime) -> date:
        """The day that the agency's calendar shows at an instant."""
        return instant.astimezone(self.zone).date()

    def people(self, at: datetime | None = None) -> QuerySet[User]:
        """Who works here now, or will."""
        holding = self.positions.not_over(at)
        return User.objects.filter(pk__in=holding.values("person"))

    def everyone_ever(self) -> QuerySet[User]:
        """Who works, will work or has worked here."""
        return User.objects.filter(pk__in=self.positions.values("person"))

    def has_admin_besides(self, person: User) -> bool:
        """Whether someone else runs the agency too."""
        others = self.positions.holding("admin").filter(person__is_active=True)
        return others.exclude(person=person).exists()

    def invites(
        self,
        email: str,
        *,
        name: str,
        role: str,
        by: User | None,
        supervisor: User | None = None,
        at: datetime | None = None,
    ) -> "Invitation":
        """Ask someone to join by email; asked twice for a role, they get a fresh link."""
        return self.invitations.invite(
            self, email=email, name=name, role=role, by=by, supervisor=supervisor, at=at
        )

    def departs(
        self,
        person: User,
        *,
        by: User | None,
        hand_over_to: User | None = None,
        at: datetime | None = None,
    ) -> "Departure":
        """Let someone leave, now or at a later `at`: everything that they hold here ends."""
        return self.departures.depart(self, person, by=by, hand_over_to=hand_over_to, at=at)

    @transaction.atomic
    def welcomes_back(
        self, person: User, role: str, *, by: User | None, since: datetime | None = None
    ) -> "Position":
        """Take someone back who had left. They sign in as before; nothing else comes back."""
        self.lets_in_again(person)
        self.departures.planned().filter(person=person).delete()
        record("person.welcomed_back", on=person, by=by, agency=self)
        # Back on the very day on which they left: from where the role ended.
        before = person.positions.filter(agency=self, role=role).aggregate(last=Max("until"))
        since = max(filter(None, [since or timezone.now(), before["last"]]))
        return self.positions.begin(person, self, role, since=since, by=by)

    def lets_in_again(self, person: User) -> None:
        """Give access back to someone whose departure ended it; operations may have other reasons
        to keep a person out, and those stand."""
        if not person.is_active and person.departures.filter(ended_access=True).exists():
            person.is_active = True
            person.save(update_fields=["is_active"])
