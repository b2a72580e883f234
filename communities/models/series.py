"""A series: the rhythm in which a community meets, in wall time of its zone."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models.community import Community
from communities.models.reach import is_hosted, is_joined, is_visible
from communities.notices import SeriesChanged, SeriesEnded
from communities.rhythm import Rhythm
from portal.audit.events import record
from portal.people.models import User, is_zone
from portal.recurrence import Occurrence, Recurrence, describe, instant
from portal.reminders.models import Rule
from portal.web.privacy import NONE, WORK

if TYPE_CHECKING:
    from communities.models.session import Session, SessionQuerySet

HORIZON = timedelta(weeks=26)  # how far ahead sessions are written; beyond, the rhythm tells
REMINDER, DAY_BEFORE = "session.reminder", "session.day_before"  # kinds in communities.reminders
TIMES = {"rrule", "starts_on", "local_time", "time_zone", "minutes"}  # what moves sessions


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


class Series(models.Model):
    """What is kept is the local start, the rule and the zone: never an instant, never an offset.

    `starts_on` is the first session's day. Sessions are written HORIZON ahead and belong to
    their day: a session keeps its identity when the series' hour changes.
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
        "host": WORK,
        "remind_minutes": NONE,
        "reminds_day_before": NONE,
        "changed_at": WORK,
    }
    sessions: "SessionQuerySet"

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
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["community", "starts_on", "pk"]
        constraints = [
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
    def rhythm(self) -> Rhythm | None:
        return Rhythm.of(self.rrule, self.time_zone)

    @property
    def words(self) -> str:
        """The rhythm as people say it: "every Tuesday at 3 p.m., New York time"."""
        return str(describe(self.recurrence))  # type: ignore[call-arg]  # lazy() passes as a class

    @property
    def is_ended(self) -> bool:
        return hasattr(self, "ending")

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
        series._start_on_the_first_day()
        series.full_clean()
        Community.objects.select_for_update().get(pk=community.pk)
        the_same = {name: getattr(series, name) for name in fields}
        if twin := community.series.running().filter(**the_same).first():
            return twin
        series.save()
        record("series.planned", on=series, by=by, agency=community.agency, at=at)
        series.plan_ahead(at=at)
        series._plan_reminders(by=by, at=at)
        return series

    @transaction.atomic
    def plan_ahead(self, *, at: datetime | None = None) -> int:
        """Write the sessions from `at` to the horizon that are not there yet; how many are new.

        Nothing that is there is touched, so a tick may come late, twice, or beside another.
        """
        at = at or timezone.now()
        if Ending.objects.filter(series=self).exists():
            return 0
        there = set(self.sessions.filter(starts_at__gt=at).values_list("original_day", flat=True))
        missing = [o for o in self._coming(at) if o.wall.date() not in there]
        self.sessions.bulk_create((self._session(o, at) for o in missing), ignore_conflicts=True)
        return len(missing)

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
            self._start_on_the_first_day()
        changed = {f for f in fields | {"starts_on": 0} if getattr(self, f) != getattr(was, f)}
        if not changed:
            return
        self.changed_at = at
        self.full_clean()
        self.save(update_fields=[*changed, "changed_at"])
        record("series.changed", on=self, by=by, agency=self.community.agency, at=at)
        if "host" in changed:
            self.sessions.upcoming(at).filter(host=was.host).update(host=self.host, changed_at=at)
        if changed & TIMES:
            self._replan(by=by, at=at)
            SeriesChanged.tell(self.community.members(at), about=self, due_at=at)
        self._plan_reminders(by=by, at=at)

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
    def end(self, *, by: User | None, at: datetime | None = None) -> None:
        """Meet no more in this rhythm: what is to come goes, what was held stays. Once."""
        at = at or timezone.now()
        _ending, fresh = Ending.objects.get_or_create(series=self, defaults={"by": by, "at": at})
        if not fresh:
            return
        to_come = self.sessions.filter(starts_at__gt=at)
        if to_come.standing().exists():
            SeriesEnded.tell(self.community.members(at), about=self, due_at=at)
        self._drop(to_come, by=by, at=at)
        self._end_reminders(by=by, at=at)
        record("series.ended", on=self, by=by, agency=self.community.agency, at=at)

    def _start_on_the_first_day(self) -> None:
        """DTSTART counts as the first occurrence for every calendar program, so it must be one."""
        recurrence = self.recurrence
        before = instant(recurrence.starts, recurrence.zone) - timedelta(seconds=1)
        self.starts_on = recurrence.following(before, 1)[0].wall.date()

    def _coming(self, at: datetime) -> Iterable[Occurrence]:
        return self.recurrence.between(at, at + HORIZON)

    def _session(self, occurrence: Occurrence, at: datetime) -> "Session":
        return self.sessions.model(
            series=self,
            original_day=occurrence.wall.date(),
            original_time=occurrence.wall.time(),
            starts_at=occurrence.at,
            ends_at=occurrence.at + timedelta(minutes=self.minutes),
            host=self.host,
            changed_at=at,
        )

    def _replan(self, *, by: User | None, at: datetime) -> None:
        """Move what keeps its day, drop what lost it, write what is new."""
        wanted = {o.wall.date(): self._session(o, at) for o in self._coming(at)}
        moved, lost = [], []
        for session in self.sessions.filter(starts_at__gt=at).select_for_update():
            fresh = wanted.get(session.original_day)
            if fresh is None:
                lost.append(session.pk)
            elif session.take_the_time_of(fresh):
                moved.append(session)
        self.sessions.bulk_update(
            moved,
            ["original_time", "starts_at", "ends_at", "sequence", "changed_at"],
        )
        self._drop(self.sessions.filter(pk__in=lost), by=by, at=at)
        self.plan_ahead(at=at)

    def _drop(self, sessions: "SessionQuerySet", *, by: User | None, at: datetime) -> None:
        """A session that nobody has touched goes; one with somebody's work in it is called off."""
        for session in sessions.standing().worked_on():
            session.cancel(by=by, reason=gettext("The rhythm of the series changed."), at=at)
        sessions.standing().untouched().delete()

    def _plan_reminders(self, *, by: User | None, at: datetime) -> None:
        """One rule some minutes before each session, and one a day before if the series says so."""
        wanted = {REMINDER: self.remind_minutes}
        if self.reminds_day_before:
            wanted[DAY_BEFORE] = 24 * 60
        for kind in (REMINDER, DAY_BEFORE):
            if kind in wanted:
                Rule.plan_for(
                    self,
                    kind=kind,
                    recurrence=self.recurrence,
                    minutes_before=wanted[kind],
                    by=by,
                    at=at,
                )
            else:
                Rule.end_for(self, kind=kind, by=by, at=at)

    def _end_reminders(self, *, by: User | None, at: datetime) -> None:
        for kind in (REMINDER, DAY_BEFORE):
            Rule.end_for(self, kind=kind, by=by, at=at)


class Ending(models.Model):
    """A series was ended: by whom and when."""

    privacy = {"id": NONE, "series": WORK, "by": WORK, "at": WORK}

    series = models.OneToOneField(Series, on_delete=models.CASCADE, related_name="ending")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("ending")
        verbose_name_plural = _("endings")

    def __str__(self) -> str:
        return f"{self.series} ended"
