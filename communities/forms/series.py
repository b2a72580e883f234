"""A rhythm in words people use, mended field by field."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import Community, Series
from communities.rhythm import KINDS, WEEKDAYS, Rhythm
from portal.people.models import User
from portal.people.zones import ZoneField
from portal.recurrence import NotARecurrence, Occurrence, Recurrence
from portal.web.forms import Form

PREVIEWED = 12
LENGTH = {
    "min_value": _("Enter between 5 and 480 minutes."),
    "max_value": _("Enter between 5 and 480 minutes."),
    "invalid": _("Enter the minutes as a number, as 60."),
}
A_DAY = {"invalid": _("Enter a day of the calendar, as 2026-11-30.")}


class SeriesForm(Form):
    """`recurrence` is set once the rhythm can be kept, whatever else is still to be mended."""

    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("What members call it: “Tuesday circle”.")
    )
    rhythm = forms.ChoiceField(label=_("How often"), choices=list(KINDS.items()))
    weekday = forms.ChoiceField(label=_("On"), choices=list(WEEKDAYS.items()))
    starts_on = forms.DateField(
        label=_("From"),
        error_messages=A_DAY,
        help_text=_("The first session is on that day or the next that fits."),
    )
    local_time = forms.TimeField(
        label=_("Starts at"), error_messages={"invalid": _("Enter a time of day, as 15:00.")}
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
            "invalid": _("Enter the minutes as a number, as 20."),
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
            "invalid": _("Enter a number of times, as 10."),
            "min_value": _("Enter 1 or more."),
            "max_value": _("Enter at most 1000, or leave it empty: then it goes on."),
        },
    )
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

    def __init__(
        self, *args: Any, community: Community, series: Series | None = None, **kwargs: Any
    ) -> None:
        self.recurrence: Recurrence | None = None
        kwargs["initial"] = initial_of(community, series) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        if series and not self.is_bound:
            self.recurrence = series.recurrence  # what stands, until something is changed
        self._offer_hosts(community, choose=series is None)

    def _offer_hosts(self, community: Community, *, choose: bool) -> None:
        """Every member may host; a new series begins with one of the community's hosts."""
        field = self.fields["host"]
        field.queryset = community.members()  # type: ignore[attr-defined]  # what is accepted
        rows = (
            community.belonging()
            .order_by("person__name", "person")
            .values_list("person", "person__name", "person__email", "role")
        )
        shown, hosts = {}, []
        for pk, name, email, role in rows:
            shown[pk] = name or email
            hosts += [pk] if role == "host" else []
        field.choices = [("", field.empty_label), *shown.items()]  # type: ignore[attr-defined]
        if choose and hosts:
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
        elif not {"rhythm", "weekday", "starts_on", "local_time", "time_zone"} - given.keys():
            self._read_the_rhythm(given)
        return given

    def preview(self) -> list[Occurrence]:
        """The next meetings, as they would be; none while the rhythm is still to be mended."""
        return self.recurrence.following(timezone.now(), PREVIEWED) if self.recurrence else []

    def of_series(self) -> dict[str, Any]:
        """The fields of the series, once valid."""
        own = set(self.cleaned_data) - {"rhythm", "weekday", "until", "count"}
        assert self.recurrence
        return {name: self.cleaned_data[name] for name in own} | {"rrule": self.recurrence.rrule}

    def _read_the_rhythm(self, given: dict[str, Any]) -> None:
        rhythm = Rhythm(
            given["rhythm"], given["weekday"], count=given.get("count"), until=given.get("until")
        )
        starts = datetime.combine(given["starts_on"], given["local_time"])
        if rhythm.until and rhythm.until < given["starts_on"]:
            self.add_error("until", _("Choose a last day that comes after the first."))
            return
        try:
            recurrence = Recurrence(rhythm.rule(given["time_zone"]), starts, given["time_zone"])
        except (NotARecurrence, OverflowError) as impossible:
            words = getattr(impossible, "message", _("Choose days of this century."))
            self.add_error("until" if rhythm.until else "starts_on", words)
            return
        if not recurrence.following(timezone.now(), 1):
            field = "until" if rhythm.until else "count" if rhythm.count else "starts_on"
            self.add_error(field, _("No session would be to come. Choose a later end."))
            return
        self.recurrence = recurrence


def initial_of(community: Community, series: Series | None) -> dict[str, Any]:
    """What the form shows before anybody types."""
    if series is None:
        return {
            "time_zone": community.time_zone,
            "weekday": "TU",
        }
    same = ("title", "starts_on", "local_time", "time_zone", "minutes", "reflection_minutes",
            "host_id", "remind_minutes", "reminds_day_before")  # fmt: skip
    initial = {name.removesuffix("_id"): getattr(series, name) for name in same}
    if rhythm := series.rhythm:
        initial |= {
            "rhythm": rhythm.kind,
            "weekday": rhythm.weekday,
            "until": rhythm.until,
            "count": rhythm.count,
        }
    return initial
