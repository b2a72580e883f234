"""A series: the rhythm in which a community meets, in wall time of its zone."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities import planning
from communities.models.community import Community
from communities.models.reach import is_hosted, is_joined, is_visible
from communities.notices import SeriesChanged, SeriesEnded, SeriesResumed
from communities.rhythm import Rhythm
from communities.schedule import OnHolidays, Schedule
from portal.audit.events import record
from portal.people.models import User, is_zone
from portal.recurrence import Recurrence, describe, instant
from portal.web.privacy import FREE, NONE, WORK

if TYPE_CHECKING:
    from communities.models.host_turn import HostTurn
    from communities.models.session import SessionQuerySet

TIMES = {"rrule", "starts_on", "local_time", "time_zone", "minutes", "on_holidays"}  # move sessions


class SeriesQuerySet(models.QuerySet["Series"]):
    def visible_to(self, person: User) -> Self:
        return self.filter(is_visible(person, "community"))

    def hosted_by(self, person: User) -> Self:
        """What the person may change: series they host, and all of communities that they run."""
        theirs = Q(host=person) & is_joined(person, "community")
        return self.filter(theirs | is_hosted(person, "community"))

    def running(self) -> Self:
        """What has not been ended."""
        return self.filter(ending=None)

    def going_on(self, at: datetime | None = None) -> Self:
        """What is running, but for what was cut short or had a last day that is over."""
        running = self.running().annotate(last=Max("sessions__ends_at"))
        return running.filter(Q(last=None) | Q(last__gt=at or timezone.now()))


class Series(models.Model):
    """What is kept is the local start, the rule and the zone: never an instant, never an offset.

    `starts_on` is the first session's day. `ends_why` says why a rule that was cut short comes to
    its end: what goes with that leaves no session to say it on. Sessions are written a horizon
    ahead (communities.planning) and belong to their day: a session keeps its identity when the
    series' hour changes. `follows` is the series that ended where this one begins.
    """

    privacy = {
        "id": NONE,
        "community": WORK,
        "title": WORK,
        "rrule": NONE,
        "starts_on": WORK,
        "local_time": WORK,
        "time_zone": NONE,
        "minutes": NONE,
        "reflection_minutes": NONE,
        "on_holidays": NONE,
        "follows": WORK,
        "host": WORK,
        "remind_minutes": NONE,
        "reminds_day_before": NONE,
        "reminds_two_days_before": NONE,
        "asks_after": NONE,
        "ends_why": FREE,
        "changed_at": WORK,
    }
    sessions: "SessionQuerySet"
    turns: "models.QuerySet[HostTurn]"

    class Remind(models.IntegerChoices):
        QUARTER = 15, _("15 minutes before")
        HALF = 30, _("30 minutes before")
        HOUR = 60, _("1 hour before")
        TWO_HOURS = 120, _("2 hours before")

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="series")
    title = models.CharField(_("title"), max_length=120)
    rrule = models.CharField(max_length=255)
    starts_on = models.DateField(_("from"))
    local_time = models.TimeField(_("starts at"))
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[is_zone])
    minutes = models.PositiveSmallIntegerField(_("minutes it lasts"), default=60)
    reflection_minutes = models.PositiveSmallIntegerField(
        _("minutes kept for reflection"),
        default=15,
        help_text=_("Discussion and debrief together. Going below this asks why."),
    )
    on_holidays = models.CharField(
        _("on a public holiday"),
        max_length=5,
        choices=OnHolidays,
        default=OnHolidays.KEEP,
        db_default=OnHolidays.KEEP,
    )
    follows = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="followed_by"
    )
    host = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="hosted_series",
        verbose_name=_("host"),
    )
    remind_minutes = models.PositiveSmallIntegerField(
        _("remind members"), choices=Remind, default=Remind.HOUR
    )
    reminds_day_before = models.BooleanField(_("remind them a day before, too"), default=False)
    reminds_two_days_before = models.BooleanField(
        _("and two days before"), default=False, db_default=False
    )
    asks_after = models.BooleanField(
        _("ask them afterwards what they will try"), default=False, db_default=False
    )
    ends_why = models.TextField(max_length=500, blank=True, default="", db_default="")
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["community", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(on_holidays__in=OnHolidays.values),
                name="communities_series_on_holidays",
                violation_error_message=_("Choose what happens on a holiday."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(5, 480)),
                name="communities_series_minutes",
                violation_error_message=_("Enter between 5 and 480 minutes for a session."),
            ),
            models.CheckConstraint(
                condition=Q(reflection_minutes__lte=F("minutes")),
                name="communities_series_reflection_fits",
                violation_error_message=_(
                    "Keep fewer minutes for reflection than the session lasts."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("communities:series.show", args=[self.pk])

    def is_hosted_by(self, person: User) -> bool:
        """Whether the person may run it: its host, or who runs its community."""
        theirs = self.host_id == person.pk and self.community.is_joined_by(person)
        return theirs or self.community.is_hosted_by(person)

    @property
    def recurrence(self) -> Recurrence:
        """The rule in wall time. Raises NotARecurrence with words when there is none."""
        starts = datetime.combine(self.starts_on, self.local_time)
        return Recurrence(self.rrule, starts, self.time_zone)

    @property
    def schedule(self) -> Schedule:
        """The rule laid over the days off of the community's home agency."""
        return Schedule(self.recurrence, self.on_holidays, self.community.agency.days_off())

    @property
    def rhythm(self) -> Rhythm | None:
        return Rhythm.of(self.rrule, self.time_zone)

    @property
    def words(self) -> str:
        """The rhythm as people say it: "every Tuesday at 3 p.m., New York time"."""
        return str(describe(self.recurrence))  # type: ignore[call-arg]  # lazy() passes as a class

    @property
    def is_ended(self) -> bool:
        return hasattr(self, "ending")

    @property
    def reason(self) -> str:
        """Why it has ended or comes to its end, as somebody said it; "" when nobody did."""
        return self.ending.reason if self.is_ended else self.ends_why

    @property
    def last_day(self) -> date | None:
        """The last day that its rule may give, on its own clock; None where it goes on."""
        until = self.recurrence.parts.until
        if until is not None and until.tzinfo:
            until = until.astimezone(ZoneInfo(self.time_zone))
        return until.date() if until else None

    @classmethod
    @transaction.atomic
    def begin(
        cls, *, community: Community, by: User | None, at: datetime | None = None, **fields: Any
    ) -> "Series":
        """Plan a series: its first sessions and its reminders are written in the same act.

        The very same series, sent twice, is planned once.
        Raises NotARecurrence when the rule never comes, and ValidationError on what cannot be.
        """
        at = at or timezone.now()
        fields.setdefault("time_zone", community.time_zone)
        series = cls(community=community, changed_at=at, **fields)
        series.start_on_the_first_day()
        series.full_clean()
        Community.objects.select_for_update().get(pk=community.pk)
        the_same = {name: getattr(series, name) for name in fields}
        if twin := community.series.running().filter(**the_same).first():
            return twin
        series.save()
        record("series.planned", on=series, by=by, agency=community.agency, at=at)
        series.plan_ahead(at=at)
        planning.plan_reminders(series, by=by, at=at)
        return series

    @transaction.atomic
    def plan_ahead(self, *, at: datetime | None = None) -> int:
        """Write the sessions from `at` to the horizon that are not there yet; how many are new.

        Nothing that is there is touched, so a tick may come late, twice, or beside another.
        """
        if Ending.objects.filter(series=self).exists():
            return 0
        return planning.write_ahead(self, at or timezone.now())

    @transaction.atomic
    def change(self, *, by: User | None, at: datetime | None = None, **fields: Any) -> None:
        """Change the whole series from now on: `fields` are its own. Changing nothing tells nobody.

        What has begun is never touched. A session to come keeps its identity while its day stays;
        one whose day is gone goes too, or is called off where someone's work already leans on it.
        """
        at = at or timezone.now()
        was = Series.objects.select_for_update().get(pk=self.pk)
        for name, value in fields.items():
            setattr(self, name, value)
        if TIMES & fields.keys():
            self.start_on_the_first_day()
        changed = {f for f in fields | {"starts_on": 0} if getattr(self, f) != getattr(was, f)}
        if not changed:
            return
        if "rrule" in changed and self.ends_why:
            self.ends_why = ""  # it was said of an end that is not this rule's
            changed.add("ends_why")
        self.changed_at = at
        self.full_clean()
        self.save(update_fields=[*changed, "changed_at"])
        record("series.changed", on=self, by=by, agency=self.community.agency, at=at)
        if "host" in changed:
            by_default = self.sessions.upcoming(at).exclude(override__hosts=True)
            by_default.filter(host=was.host).update(host=self.host, changed_at=at)
        if changed & TIMES:
            self.replan(by=by, at=at)
            SeriesChanged.tell_anew(self.community.members(at), about=self, due_at=at)
        planning.plan_reminders(self, by=by, at=at)

    @transaction.atomic
    def replan(self, *, by: User | None, at: datetime | None = None) -> bool:
        """Bring the sessions to come to what the series and its days off say now; whether that
        changed anything."""
        return planning.replan(self, by=by, at=at or timezone.now())

    @transaction.atomic
    def hand_over(self, to: User, *, by: User | None, at: datetime | None = None) -> None:
        """Give the series, and the sessions to come that its host had, to another member."""
        at = at or timezone.now()
        if self.host == to:
            return
        self.sessions.upcoming(at).filter(host=self.host).update(host=to, changed_at=at)
        self.host, self.changed_at = to, at
        self.save(update_fields=["host", "changed_at"])
        record("series.handed_over", on=self, by=by, agency=self.community.agency, at=at)

    @transaction.atomic
    def end(self, *, by: User | None, at: datetime | None = None, why: str = "") -> None:
        """Meet no more in this rhythm: what is to come goes, what was held stays. Once.

        Members read `why` on the page of the series, for what goes has no page left.
        """
        at = at or timezone.now()
        _ending, fresh = Ending.objects.get_or_create(
            series=self, defaults={"by": by, "at": at, "reason": why}
        )
        if not fresh:
            return
        to_come = self.sessions.filter(starts_at__gt=at)
        if to_come.standing().exists():
            SeriesEnded.tell_anew(self.community.members(at), about=self, due_at=at)
        planning.drop(to_come, by=by, at=at, why=why or gettext("The series has ended."))
        planning.end_reminders(self, by=by, at=at)
        record("series.ended", on=self, by=by, agency=self.community.agency, at=at)

    @transaction.atomic
    def resume(self, *, by: User | None, at: datetime | None = None) -> None:
        """Take its ending back: sessions to come are written again, and those that the ending
        called off stand again. A series that goes on stays as it is."""
        at = at or timezone.now()
        ending = Ending.objects.filter(series=self).first()
        if ending is None:
            return
        ending.delete()
        self._state.fields_cache.pop("ending", None)
        with_it = self.sessions.filter(starts_at__gt=at, cancellation__at=ending.at)
        planning.take_up(with_it, at=at)
        self.plan_ahead(at=at)
        planning.plan_reminders(self, by=by, at=at)
        SeriesEnded.withdraw(about=self, at=at)
        if self.sessions.standing().upcoming(at).exists():
            SeriesResumed.tell_anew(self.community.members(at), about=self, due_at=at)
        record("series.resumed", on=self, by=by, agency=self.community.agency, at=at)

    def start_on_the_first_day(self) -> None:
        """DTSTART counts as the first occurrence for every calendar program, so it must be one."""
        recurrence = self.recurrence
        before = instant(recurrence.starts, recurrence.zone) - timedelta(seconds=1)
        self.starts_on = recurrence.following(before, 1)[0].wall.date()


class Ending(models.Model):
    """A series was ended: by whom, when and why."""

    privacy = {"id": NONE, "series": WORK, "by": WORK, "at": WORK, "reason": FREE}

    series = models.OneToOneField(Series, on_delete=models.CASCADE, related_name="ending")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(_("why"), max_length=500, blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("ending")
        verbose_name_plural = _("endings")

    def __str__(self) -> str:
        return f"{self.series} ended"
