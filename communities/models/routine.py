"""A routine: what a community, a team or a whole agency is reminded of, again and again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models.community import Community
from communities.models.reach import is_hosted, is_joined
from communities.rhythm import Rhythm
from portal.agencies.models import Agency, Role, Supervision
from portal.agencies.models.standing import agencies_of
from portal.audit.events import record
from portal.people.models import User, is_zone
from portal.prepared import fact, prepared
from portal.recurrence import Recurrence, describe, describe_for_each, place, wall_time
from portal.recurrence.wall import zone_names
from portal.reminders.models import Rule
from portal.web.privacy import NONE, WORK

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from communities.routines import RoutineKind

LONGEST = 20  # roles named


@fact
def supervisors_of(person: User) -> list[int]:
    """The ids of whoever supervises or coaches the person now."""
    return _supervisors(person.pk)


@prepared
def _supervisors(person: int) -> models.QuerySet[Any, int]:
    relations = Supervision.objects.current().filter(supervisee=person)
    return relations.values_list("supervisor", flat=True)


class RoutineQuerySet(models.QuerySet["Routine"]):
    def standing(self) -> Self:
        """What has not been ended, of a community that is open."""
        return self.filter(ended_at=None, community__closure=None)

    def run_by(self, person: User) -> Self:
        """What the person may change: of what they host, of their own team, of an agency that they
        administer."""
        return self.filter(
            Q(community__isnull=False) & is_hosted(person, "community")
            | Q(team_of=person, agency__in=agencies_of(person))
            | Q(agency__in=agencies_of(person, "admin"))
        )

    def visible_to(self, person: User) -> Self:
        """What the person may change, and what may reach them: who is reminded may see by what."""
        employers = agencies_of(person)
        reaching = (
            Q(community__isnull=False) & is_joined(person, "community")
            | Q(team_of__in=supervisors_of(person), agency__in=employers)
            | Q(community=None, team_of=None, agency__in=employers)
        )
        return self.filter(
            reaching | Q(pk__in=RoutineQuerySet(Routine).run_by(person).values("pk"))
        )

    def in_words(self) -> Self:
        """With what its words need."""
        return self.select_related("agency", "community", "team_of")


class Routine(models.Model):
    """One recurring reminder of one kind, of a community, of a team (`team_of` is its supervisor)
    or, without either, of a whole agency.

    `time_zone` names the clock that it keeps; empty, each person's own. The engine's rules are
    behind it, one for each clock (`RoutineClock`): the breaks and the pause that stand here are
    passed on to them, also to those that begin later.
    """

    privacy = {
        "id": NONE,
        "agency": WORK,
        "community": WORK,
        "team_of": WORK,
        "kind": NONE,
        "roles": WORK,
        "rrule": WORK,
        "starts_on": WORK,
        "local_time": WORK,
        "time_zone": NONE,
        "period_days": NONE,
        "made_by": WORK,
        "made_at": WORK,
        "paused_at": WORK,
        "snoozed_until": WORK,
        "skipped": WORK,
        "ended_at": WORK,
    }
    clocks: RelatedManager[RoutineClock]

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="routines")
    community = models.ForeignKey(
        Community, on_delete=models.CASCADE, null=True, related_name="routines"
    )
    team_of = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, related_name="team_routines"
    )
    kind = models.CharField(max_length=60)
    roles = ArrayField(models.CharField(max_length=20, choices=Role), default=list, size=LONGEST)
    rrule = models.CharField(max_length=250)
    starts_on = models.DateField()
    local_time = models.TimeField()
    time_zone = models.CharField(max_length=64, blank=True)
    period_days = models.PositiveSmallIntegerField()  # from one time to the next, about
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    paused_at = models.DateTimeField(null=True)
    snoozed_until = models.DateField(null=True)
    skipped = ArrayField(models.DateField(), default=list)
    ended_at = models.DateTimeField(null=True)

    objects = RoutineQuerySet.as_manager()

    class Meta:
        verbose_name = _("recurring reminder")
        verbose_name_plural = _("recurring reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "agency", "community", "team_of"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="communities_routine_once",
                violation_error_message=_("There is such a reminder already: change that one."),
            ),
            models.CheckConstraint(
                condition=Q(community=None) | Q(team_of=None),
                name="communities_routine_one_group",
                violation_error_message=_("Choose a community or a team, not both."),
            ),
            models.CheckConstraint(
                condition=Q(period_days__range=(1, 366)),
                name="communities_routine_period",
                violation_error_message=_("Choose a rhythm of between a day and a year."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of agency {self.agency_id}"

    def get_absolute_url(self) -> str:
        return reverse("communities:routines.show", args=[self.pk])

    @property
    def routine_kind(self) -> type[RoutineKind]:
        """Raises KeyError when no app offers the kind any more."""
        from communities.routines import offered  # kinds know models

        return offered()[self.kind]

    @property
    def title(self) -> str | Promise:
        """What it is, in words."""
        return self.routine_kind.title

    @property
    def group(self) -> str:
        """Whose it is: a community, a team or an agency, by name."""
        if self.community:
            return self.community.name
        if self.team_of:
            return str(_("%(name)s’s team") % {"name": self.team_of})
        return self.agency.name

    @property
    def is_own_time(self) -> bool:
        """Whether it keeps each person's own clock."""
        return not self.time_zone

    @property
    def lost_its_clock(self) -> bool:
        """Whether the zone database lost the zone that it keeps: it says nothing until somebody
        chooses another."""
        return bool(self.time_zone) and self.time_zone not in zone_names()

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None

    @property
    def is_snoozed(self) -> bool:
        """Whether it says nothing before a day that is still to come, where it is now."""
        zone = self.agency.time_zone if self.lost_its_clock else self.time_zone
        today = wall_time(timezone.now(), zone or self.agency.time_zone).date()
        return self.snoozed_until is not None and today < self.snoozed_until

    @property
    def rests(self) -> bool:
        return self.paused_at is not None or self.is_snoozed

    @property
    def role_names(self) -> list[str | Promise]:
        """The roles that it reaches, in words; none: everyone."""
        return [role.label for role in Role if role in self.roles]

    def speaks(self) -> bool:
        """Whether it says anything now: neither over nor paused, and its community is open."""
        closed = self.community is not None and self.community.is_closed
        return self.ended_at is None and self.paused_at is None and not closed

    @property
    def words(self) -> str | Promise:
        """The rhythm in words: "every second Friday at 3 p.m., New York time"."""
        if self.lost_its_clock:
            return _("on a clock that is no longer known")
        if self.is_own_time:
            return describe_for_each(self.recurrence("UTC"))  # type: ignore[call-arg]  # lazy()
        return describe(self.recurrence(self.time_zone))  # type: ignore[call-arg]

    @property
    def rhythm(self) -> Rhythm | None:
        """What its form shows; None for a rule that the form has no words for."""
        if self.is_own_time:
            return Rhythm.of(re.sub(r"(UNTIL=\d{8}T\d{6})$", r"\1Z", self.rrule), "UTC")
        return Rhythm.of(self.rrule, self.time_zone)

    def recurrence(self, zone: str) -> Recurrence:
        """Its times on the clock of `zone`. Raises NotARecurrence for a zone that is gone."""
        return Recurrence(self.rrule, datetime.combine(self.starts_on, self.local_time), zone)

    @classmethod
    @transaction.atomic
    def begin(
        cls,
        *,
        kind: str,
        agency: Agency,
        community: Community | None = None,
        team_of: User | None = None,
        by: User | None,
        at: datetime | None = None,
        **about: Any,
    ) -> Routine:
        """Set one up. `about`: rhythm, starts_on, local_time, time_zone, roles.

        A double click makes one: the group's standing routine of that kind is changed. Raises
        NotARecurrence when its times cannot be kept.
        """
        at = at or timezone.now()
        Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)  # one beginner at a time
        group = {"kind": kind, "agency": agency, "community": community, "team_of": team_of}
        standing = cls.objects.filter(**group, ended_at=None).first()
        if standing is not None:
            standing.change(by=by, at=at, **about)
            return standing
        routine = cls(**group, made_by=by, made_at=at, **_columns(**about))
        routine.save()
        record("routine.begun", on=routine, by=by, agency=agency, at=at)
        routine.keep_the_clocks(by=by, at=at)
        return routine

    @transaction.atomic
    def change(self, *, by: User | None, at: datetime | None = None, **about: Any) -> None:
        """Keep other times, or remind other roles. What an earlier time left unsent is taken back;
        skipped days and a snooze belong to the old times where these change."""
        at = at or timezone.now()
        fields = _columns(**about)
        if all(getattr(self, name) == value for name, value in fields.items()):
            return
        times = {name: value for name, value in fields.items() if name != "roles"}
        if any(getattr(self, name) != value for name, value in times.items()):
            fields["skipped"] = []
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))
        record("routine.changed", on=self, by=by, agency=self.agency, at=at)
        self.keep_the_clocks(by=by, at=at)

    @transaction.atomic
    def pause(self, *, by: User, at: datetime | None = None) -> None:
        """Say nothing until `resume`."""
        at = at or timezone.now()
        if self.paused_at is None:
            self.paused_at = at
            self.save(update_fields=["paused_at"])
            record("routine.paused", on=self, by=by, agency=self.agency, at=at)
            self.keep_the_clocks(by=by, at=at)

    @transaction.atomic
    def resume(self, *, by: User, at: datetime | None = None) -> None:
        """Speak again: neither paused nor snoozed. What went by stays unsaid."""
        at = at or timezone.now()
        if self.paused_at is not None or self.snoozed_until is not None:
            self.paused_at = self.snoozed_until = None
            self.save(update_fields=["paused_at", "snoozed_until"])
            record("routine.resumed", on=self, by=by, agency=self.agency, at=at)
            self.keep_the_clocks(by=by, at=at)

    @transaction.atomic
    def snooze(self, until: date, *, by: User, at: datetime | None = None) -> None:
        """Say nothing before that day."""
        at = at or timezone.now()
        self.snoozed_until, self.paused_at = until, None
        self.save(update_fields=["snoozed_until", "paused_at"])
        record("routine.paused", on=self, by=by, agency=self.agency, at=at)
        self.keep_the_clocks(by=by, at=at)

    @transaction.atomic
    def skip(self, day: date, *, by: User, at: datetime | None = None) -> None:
        """Leave out the time of one day. Twice is as once."""
        self._skip({*self.skipped, day}, "routine.skipped", by, at or timezone.now())

    @transaction.atomic
    def take_up(self, day: date, *, by: User, at: datetime | None = None) -> None:
        """That day's time comes after all."""
        self._skip({*self.skipped} - {day}, "routine.taken_up", by, at or timezone.now())

    @transaction.atomic
    def end(self, *, by: User | None, at: datetime | None = None) -> None:
        """End it for good and take back what it left unsent."""
        at = at or timezone.now()
        if self.ended_at is None:
            self.ended_at = at
            self.save(update_fields=["ended_at"])
            record("routine.ended", on=self, by=by, agency=self.agency, at=at)
            self.keep_the_clocks(by=by, at=at)

    def keep_the_clocks(self, *, by: User | None = None, at: datetime | None = None) -> None:
        """Have a rule for each clock that somebody of the group lives by, and no other."""
        from communities.routines import zones_of

        at = at or timezone.now()
        zones = set() if self.is_over else zones_of(self, at)
        clocks = {clock.zone: clock for clock in self.clocks.select_related("rule")}
        for zone in zones:
            clock = clocks.get(zone) or self.clocks.create(zone=zone)
            clock.keep(self, by=by, at=at)
        for zone in clocks.keys() - zones:
            Rule.end_for(clocks[zone], kind=self.kind, by=by, at=at)

    def _skip(self, days: Iterable[date], event: str, by: User, at: datetime) -> None:
        fresh = sorted(set(days))
        if fresh != self.skipped:
            self.skipped = fresh
            self.save(update_fields=["skipped"])
            record(event, on=self, by=by, agency=self.agency, at=at)
            self.keep_the_clocks(by=by, at=at)


class RoutineClock(models.Model):
    """A routine on the clock of one zone: the owner of one rule of the engine."""

    privacy = {"id": NONE, "routine": WORK, "zone": NONE, "rule": NONE}

    routine = models.ForeignKey(Routine, on_delete=models.CASCADE, related_name="clocks")
    zone = models.CharField(max_length=64, validators=[is_zone])
    rule = models.OneToOneField(
        Rule, on_delete=models.SET_NULL, null=True, related_name="routine_clock"
    )

    class Meta:
        verbose_name = _("clock of a recurring reminder")
        verbose_name_plural = _("clocks of recurring reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["routine", "zone"],
                name="communities_routineclock_once",
                violation_error_message=_("It keeps this clock already."),
            )
        ]

    def __str__(self) -> str:
        """As an admin reads it where reminders to come are listed."""
        return gettext("%(place)s time") % {"place": place(self.zone)}

    def keep(self, routine: Routine, *, by: User | None, at: datetime) -> None:
        """Let the rule say what the routine says now."""
        rule = Rule.plan_for(
            self, kind=routine.kind, recurrence=routine.recurrence(self.zone), by=by, at=at
        )
        if self.rule_id != rule.pk:
            self.rule = rule
            self.save(update_fields=["rule"])
        rule.take_breaks(until=routine.snoozed_until, skipped=routine.skipped, at=at)
        if routine.paused_at is not None:
            rule.pause(by=by, at=at)
        else:
            rule.resume(by=by, at=at)


def _columns(
    *,
    rhythm: Rhythm,
    starts_on: date,
    local_time: time,
    time_zone: str = "",
    roles: Iterable[str] = (),
) -> dict[str, Any]:
    """The columns that keep what somebody chose. Raises NotARecurrence."""
    rrule = rhythm.rule(time_zone or "UTC")
    if not time_zone and rhythm.until:
        rrule = rrule.removesuffix("Z")  # the end of the last day on each person's own clock
    fields = {
        "rrule": rrule,
        "starts_on": starts_on,
        "local_time": local_time,
        "time_zone": time_zone,
        "roles": sorted(roles),
        "period_days": rhythm.days,
    }
    Recurrence(rrule, datetime.combine(starts_on, local_time), time_zone or "UTC")
    return fields
