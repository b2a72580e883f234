"""One session at another time, or with another host."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from communities.clashes import clashes
from communities.forms.hosts import offer_members
from communities.forms.rhythm import A_DAY
from communities.forms.series import LENGTH
from communities.models import Session
from portal.people.models import User
from portal.recurrence import instant, is_skipped, place, wall_time
from portal.web.forms import Form

YEARS = range(1970, 2201)


class MoveForm(Form):
    """Day and hour are wall time of the series' zone, and say so."""

    day = forms.DateField(label=_("Day"), error_messages=A_DAY)
    local_time = forms.TimeField(
        label=_("Starts at"), error_messages={"invalid": _("Enter a time of day, like 15:00.")}
    )
    minutes = forms.IntegerField(
        label=_("Minutes it lasts"), min_value=5, max_value=480, error_messages=LENGTH
    )
    host = forms.ModelChoiceField(
        User.objects.none(), label=_("Host"), empty_label=_("Nobody yet"), required=False
    )

    def __init__(
        self, *args: Any, session: Session, planner: User | None = None, **kwargs: Any
    ) -> None:
        self.session, self.planner = session, planner
        starts = wall_time(session.starts_at, session.series.time_zone)
        initial = {
            "day": starts.date(),
            "local_time": starts.time(),
            "minutes": session.minutes,
            "host": session.host_id,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["local_time"].help_text = _("%(zone)s time.") % {
            "zone": place(session.series.time_zone)
        }
        self.members, _hosts = offer_members(
            self.fields["host"], session.community, is_bound=self.is_bound
        )

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day.year not in YEARS:
            raise forms.ValidationError(_("Choose a day of this century."))
        return day

    @cached_property
    def starts(self) -> datetime | None:
        """The wall time that was asked for; None while it is still to be mended."""
        given = getattr(self, "cleaned_data", self.initial)
        if not given.get("day") or given.get("local_time") is None:
            return None
        return datetime.combine(given["day"], given["local_time"])

    @property
    def starts_at(self) -> datetime | None:
        """The same as an instant: later by the gap where clocks skip it."""
        return instant(self.starts, self.session.series.time_zone) if self.starts else None

    @property
    def is_shifted(self) -> bool:
        return bool(self.starts and is_skipped(self.starts, self.session.series.time_zone))

    def ends_at(self) -> datetime | None:
        minutes = getattr(self, "cleaned_data", self.initial).get("minutes")
        return self.starts_at + timedelta(minutes=minutes) if self.starts_at and minutes else None

    def holiday(self) -> str:
        """The holiday that the day is, where the community is at home."""
        agency = self.session.community.agency
        return agency.days_off().name(self.starts.date()) if self.starts else ""

    def clashes(self) -> list[str]:
        """Who is booked then already, in sentences. A warning, not a wall."""
        given = getattr(self, "cleaned_data", self.initial)
        if not (self.planner and self.starts_at and given.get("minutes")):
            return []
        host = given.get("host")
        return clashes(
            [self.starts_at],
            minutes=given["minutes"],
            names=self.members,
            host=host.pk if isinstance(host, User) else host,
            planner=self.planner,
            besides=set(),
            moved=self.session.pk,
        )
