"""A rhythm in words people use, mended field by field."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from communities.clashes import clashes
from communities.forms.hosts import offer_members
from communities.forms.rhythm import A_DAY, RhythmForm
from communities.models import Community, HostTurn, Series
from communities.rhythm import Rhythm
from communities.schedule import Meeting, OnHolidays, Schedule
from portal.agencies.holidays import countries, parts_of
from portal.agencies.models import Agency
from portal.people.models import User
from portal.people.zones import ZoneField
from portal.prepared import prepared
from portal.recurrence import Recurrence

PREVIEWED = 12
YEARS_WARNED = timedelta(days=5 * 366)
NEEDED = {"rhythm", "weekday", "starts_on", "local_time", "time_zone", "on_holidays"}
LENGTH = {
    "min_value": _("Enter between 5 and 480 minutes."),
    "max_value": _("Enter between 5 and 480 minutes."),
    "invalid": _("Enter the minutes as a number, like 60."),
}


class HolidayChoice(forms.ChoiceField):
    """What happens on a holiday. Unsaid, it is as it was."""

    unsaid: str = OnHolidays.SKIP

    def clean(self, value: Any) -> Any:
        return super().clean(value or self.unsaid)


class SeriesForm(RhythmForm):
    """`recurrence` is set once the rhythm can be kept, whatever else is still to be mended."""

    field_order = ("title",)

    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("What members call it: “Tuesday circle”.")
    )
    starts_on = forms.DateField(
        label=_("From"),
        error_messages=A_DAY,
        help_text=_("The first session is on that day or the next that fits."),
    )
    local_time = forms.TimeField(
        label=_("Starts at"), error_messages={"invalid": _("Enter a time of day, like 15:00.")}
    )
    time_zone = ZoneField(
        label=_("On the clock of"), help_text=_("It keeps this clock in summer and in winter.")
    )
    minutes = forms.IntegerField(
        label=_("Minutes it lasts"), min_value=5, max_value=480, initial=60, error_messages=LENGTH
    )
    reflection_minutes = forms.IntegerField(
        label=_("Minutes kept for reflection"),
        min_value=0,
        max_value=480,
        initial=20,
        help_text=_("Discussion and debrief together. Going below this asks why."),
        error_messages={
            "invalid": _("Enter the minutes as a number, like 20."),
            "min_value": _("Enter 0 or more minutes."),
            "max_value": _("Enter at most 480 minutes."),
        },
    )
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        error_messages=A_DAY,
        help_text=_("Leave both empty and it goes on."),
    )
    count = forms.IntegerField(
        label=_("Or how many times"),
        required=False,
        min_value=1,
        max_value=1000,
        error_messages={
            "invalid": _("Enter a number of times, like 10."),
            "min_value": _("Enter 1 or more."),
            "max_value": _("Enter at most 1000, or leave it empty: then it goes on."),
        },
    )
    on_holidays = HolidayChoice(label=_("On a public holiday"), choices=OnHolidays.choices)
    host = forms.ModelChoiceField(
        User.objects.none(), label=_("Host"), empty_label=_("Nobody yet"), required=False
    )
    remind_minutes = forms.TypedChoiceField(
        label=_("Remind members"),
        choices=Series.Remind.choices,
        coerce=int,
        initial=Series.Remind.HOUR,
    )
    reminds_day_before = forms.BooleanField(
        label=_("Remind them a day before, too"), required=False
    )
    reminds_two_days_before = forms.BooleanField(label=_("And two days before"), required=False)
    asks_after = forms.BooleanField(
        label=_("Ask them afterwards what they will try"),
        required=False,
        help_text=_("Half an hour after each session, except whoever has said so already."),
    )

    def __init__(
        self,
        *args: Any,
        community: Community,
        series: Series | None = None,
        planner: User | None = None,
        **kwargs: Any,
    ) -> None:
        self.recurrence: Recurrence | None = None
        self.community, self.series, self.planner = community, series, planner
        kwargs["initial"] = initial_of(community, series) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        if series and not self.is_bound:
            self.recurrence = series.recurrence  # what stands, until something is changed
        self.fields["on_holidays"].unsaid = self.initial["on_holidays"]  # type: ignore[attr-defined]
        self.fields["on_holidays"].help_text = where_its_holidays_are(community.agency)
        self.members, hosts = offer_members(self.fields["host"], community, is_bound=self.is_bound)
        if series and _turns_of(series.pk or series.follows_id or 0):
            self.fields["host"].help_text = _("Hosts take turns. This one hosts when nobody does.")
        if series is None and hosts:  # a new series begins with one of the community's hosts
            self.initial.setdefault("host", hosts[0])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        kept, lasts = given.get("reflection_minutes"), given.get("minutes")
        if kept is not None and lasts is not None and kept > lasts:
            self.add_error(
                "reflection_minutes", _("Keep fewer minutes for reflection than it lasts.")
            )
        if given.get("until") and given.get("count"):
            self.add_error("count", _("Choose a last day or a number of times, not both."))
        elif not NEEDED - given.keys() and self._has_its_days(given):
            self._read_the_rhythm(given)
        return given

    @cached_property
    def preview(self) -> list[Meeting]:
        """The next meetings as they would be, and those that a holiday skips; none while the
        rhythm is still to be mended."""
        schedule = self._schedule()
        return schedule.following(timezone.now(), PREVIEWED) if schedule else []

    @property
    def met(self) -> list[Meeting]:
        """What of the preview takes place."""
        return [each for each in self.preview if each.starts_at]

    def skipped_hours(self) -> list[Meeting]:
        """Days of the coming years on which clocks skip the chosen hour."""
        now, schedule = timezone.now(), self._schedule()
        return schedule.skipped_hours(now, now + YEARS_WARNED) if schedule else []

    def clashes(self) -> list[str]:
        """Who is booked at these times already, in sentences. A warning, not a wall."""
        given = getattr(self, "cleaned_data", self.initial)
        minutes = given.get("minutes")
        if not (self.planner and minutes and self.met):
            return []
        host = given.get("host")
        return clashes(
            [each.starts_at for each in self.met if each.starts_at],
            minutes=minutes,
            names=self.members,
            host=host.pk if isinstance(host, User) else host,
            planner=self.planner,
            besides={self.series.pk, self.series.follows_id} if self.series else set(),
        )

    def of_series(self) -> dict[str, Any]:
        """The fields of the series, once valid."""
        own = set(self.cleaned_data) - {"rhythm", "weekday", "until", "count"}
        assert self.recurrence
        return {name: self.cleaned_data[name] for name in own} | {"rrule": self.recurrence.rrule}

    def _schedule(self) -> Schedule | None:
        if not self.recurrence:
            return None
        given = getattr(self, "cleaned_data", {}).get("on_holidays", self.initial["on_holidays"])
        return Schedule(self.recurrence, given, self.community.agency.days_off())

    def _read_the_rhythm(self, given: dict[str, Any]) -> None:
        rhythm = Rhythm(
            given["rhythm"],
            tuple(given["weekday"]),
            count=given.get("count"),
            until=given.get("until"),
        )
        self.recurrence = self._times_of(rhythm, given, given["time_zone"])
        if self.recurrence and not self.met:
            self.recurrence = None
            field = "until" if rhythm.until else "count" if rhythm.count else "starts_on"
            self.add_error(field, _("No sessions would be left. Choose a later end."))


def where_its_holidays_are(agency: Agency) -> Any:
    """Whose holidays are meant, or who can say so."""
    if not agency.country:
        return _(
            "Nobody has said yet where %(agency)s is: its admins choose the country among its"
            " policies. Until then no day is a holiday."
        ) % {"agency": agency}
    region = parts_of(agency.country).get(agency.subdivision)
    country = countries().get(agency.country, agency.country)
    place = f"{region}, {country}" if region else country
    return _("Those of %(place)s. A skipped one counts among the number of times.") % {
        "place": place
    }


def initial_of(community: Community, series: Series | None) -> dict[str, Any]:
    """What the form shows before anybody types."""
    if series is None:
        return {
            "time_zone": community.time_zone,
            "weekday": ["TU"],
            "on_holidays": OnHolidays.SKIP,
        }
    same = ("title", "starts_on", "local_time", "time_zone", "minutes", "reflection_minutes",
            "on_holidays", "host_id", "remind_minutes", "reminds_day_before",
            "reminds_two_days_before", "asks_after")  # fmt: skip
    initial = {name.removesuffix("_id"): getattr(series, name) for name in same}
    if rhythm := series.rhythm:
        initial |= {
            "rhythm": rhythm.kind,
            "weekday": list(rhythm.weekdays),
            "until": rhythm.until,
            "count": rhythm.count,
        }
    return initial


@prepared
def _turns_of(series: int) -> QuerySet[Any, Any]:
    return HostTurn.objects.filter(series=series).values_list("pk")[:1]
