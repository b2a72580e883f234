"""A recurring reminder in plain words, mended field by field."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.forms.rhythm import A_DAY, RhythmForm
from communities.models import Community, Routine
from communities.rhythm import Rhythm
from communities.routine_times import Time, times_of
from communities.routines import RoutineKind, offered
from portal.agencies.models import Agency, Role, Supervision
from portal.agencies.models.standing import agencies_of
from portal.people.models import User
from portal.people.once import once
from portal.people.zones import ZoneField
from portal.recurrence import Recurrence, skipped_days
from portal.web.forms import Form, Ticks

OWN, NAMED = "own", "named"
NEEDED = {"rhythm", "weekday", "starts_on", "local_time", "time_zone"}
YEARS_WARNED = 5
A_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True)
class Group:
    """Whom a routine may be for: a community, a supervisor's team or a whole agency."""

    label: str
    agency: Agency
    community: Community | None = None
    team_of: User | None = None

    @property
    def time_zone(self) -> str:
        return self.community.time_zone if self.community else self.agency.time_zone

    @property
    def key(self) -> str:
        if self.community:
            return f"community-{self.community.pk}"
        if self.team_of:
            return f"team-{self.agency.pk}-{self.team_of.pk}"
        return f"agency-{self.agency.pk}"

    def columns(self) -> dict[str, Any]:
        return {"agency": self.agency, "community": self.community, "team_of": self.team_of}


def groups_of(person: User) -> list[Group]:
    """What the person runs: communities they host, their team, agencies that they administer and
    the teams there. Three queries, once a request: who may come in asks, and so does the form."""
    return once(person, "groups that they run", lambda: _groups_of(person))


def _groups_of(person: User) -> list[Group]:
    hosted = Community.objects.hosted_by(person).standing().select_related("agency")
    found = [Group(each.name, each.agency, community=each) for each in hosted]
    run = agencies_of(person, "admin")
    relations = Supervision.objects.current().filter(kind=Supervision.Kind.SUPERVISES)
    theirs = relations.filter(agency__in=run) | relations.filter(
        supervisor=person, agency__in=agencies_of(person)
    )
    teams = {
        (each.agency, each.supervisor): _("%(name)s’s team") % {"name": each.supervisor}
        for each in theirs.select_related("agency", "supervisor").order_by("supervisor__name", "pk")
    }
    found += [Group(label, agency, team_of=lead) for (agency, lead), label in teams.items()]
    agencies = Agency.objects.filter(pk__in=run)
    return found + [Group(_("All of %(name)s") % {"name": each}, each) for each in agencies]


class RoutineForm(RhythmForm):
    """`recurrence` is set once its times can be kept, whatever else is still to be mended."""

    field_order = ("kind", "group", "roles")

    kind = forms.ChoiceField(label=_("What it says"))
    group = forms.ChoiceField(label=_("For whom"))
    roles = forms.MultipleChoiceField(
        label=_("Of these"),
        choices=Role.choices,
        required=False,
        widget=Ticks,
        help_text=_("Tick none and everyone in the group is reminded."),
    )
    starts_on = forms.DateField(
        label=_("From"),
        error_messages=A_DAY,
        help_text=_("The first time is on that day or the next that fits."),
    )
    local_time = forms.TimeField(
        label=_("At"), error_messages={"invalid": _("Enter a time of day, like 15:00.")}
    )
    clock = forms.ChoiceField(
        label=_("On whose clock"),
        choices=[
            (NAMED, _("One clock: everyone hears in the same moment")),
            (OWN, _("Each person’s own: everyone hears when it is that time where they are")),
        ],
        widget=forms.RadioSelect,
        initial=NAMED,
    )
    time_zone = ZoneField(
        label=_("Which clock"),
        required=False,
        help_text=_("It keeps this clock in summer and in winter. For one clock only."),
    )
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        error_messages=A_DAY,
        help_text=_("Leave it empty and it goes on."),
    )

    def __init__(
        self,
        *args: Any,
        person: User,
        routine: Routine | None = None,
        chosen: str = "",
        **kwargs: Any,
    ) -> None:
        self.recurrence: Recurrence | None = None
        self.person, self.routine = person, routine
        self.groups = {} if routine else {each.key: each for each in groups_of(person)}
        kwargs["initial"] = self._initial(chosen) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        if routine:
            del self.fields["kind"], self.fields["group"]
            if not self.is_bound and not routine.lost_its_clock:
                self.recurrence = routine.recurrence(routine.time_zone or person.time_zone)
            return
        # What an agency has by itself comes after what somebody sets up.
        kinds = sorted(offered().items(), key=lambda each: each[1].usual is not None)
        self.fields["kind"].choices = [(name, kind.title) for name, kind in kinds]  # type: ignore[attr-defined]
        self.fields["group"].choices = [  # type: ignore[attr-defined]
            (key, group.label) for key, group in self.groups.items()
        ]

    @property
    def routine_kind(self) -> type[RoutineKind] | None:
        """The kind in hand, for its sentence."""
        if self.routine:
            return self.routine.routine_kind
        return offered().get(self["kind"].value() or "")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("clock") == OWN:
            given["time_zone"] = ""
        elif not given.get("time_zone") and "time_zone" not in self.errors:
            self.add_error("time_zone", _("Choose the clock that it keeps."))
        if not NEEDED - given.keys() and self._has_its_days(given):
            self._read_the_rhythm(given)
        if not self.routine and {"kind", "group"} <= given.keys():
            self._refuse_a_second(given)
        return given

    @property
    def zone(self) -> str:
        """Whose clock the preview shows: the one that is named, or the reader's own."""
        return self.recurrence.zone if self.recurrence else self.person.time_zone

    @property
    def preview(self) -> list[Time]:
        """The next times as they would be."""
        if not self.recurrence:
            return []
        return times_of(self.recurrence, timezone.now())

    def skipped_hours(self) -> list[date]:
        """Days of the coming years on which clocks skip the chosen hour."""
        if not self.recurrence:
            return []
        today = timezone.localdate()
        last = today.replace(year=today.year + YEARS_WARNED, day=1)
        days = skipped_days(self.recurrence.starts.time(), self.zone, today, last)
        weekday = {each.weekday for each in self.recurrence.parts.days}
        return [day for day in days if day.weekday() in weekday]

    def columns(self) -> dict[str, Any]:
        """What `Routine.change` wants; and with the group and kind, `Routine.begin`."""
        given = self.cleaned_data
        about = {name: given[name] for name in ("starts_on", "local_time", "time_zone", "roles")}
        about["rhythm"] = _rhythm(given)
        if not self.routine:
            about |= {"kind": given["kind"], **self.groups[given["group"]].columns()}
        return about

    def _initial(self, chosen: str) -> dict[str, Any]:
        routine = self.routine
        if routine is None:
            group = self.groups.get(chosen) or next(iter(self.groups.values()), None)
            return {
                "group": group.key if group else "",
                "time_zone": group.time_zone if group else self.person.time_zone,
                "rhythm": "fortnightly",
                "weekday": ["FR"],
                "local_time": "15:00",
                "starts_on": timezone.localdate(),
            }
        initial = {
            "starts_on": routine.starts_on,
            "local_time": routine.local_time,
            "roles": routine.roles,
            "clock": OWN if routine.is_own_time else NAMED,
            "time_zone": routine.time_zone or routine.agency.time_zone,
        }
        if rhythm := routine.rhythm:
            initial |= {
                "rhythm": rhythm.kind,
                "weekday": list(rhythm.weekdays),
                "until": rhythm.until,
            }
        return initial

    def _read_the_rhythm(self, given: dict[str, Any]) -> None:
        rhythm = _rhythm(given)
        self.recurrence = self._times_of(rhythm, given, given["time_zone"] or self.person.time_zone)
        if self.recurrence and not times_of(self.recurrence, timezone.now(), 1):
            self.recurrence = None
            field = "until" if rhythm.until else "starts_on"
            self.add_error(field, _("It would never come: choose a later last day."))

    def _refuse_a_second(self, given: dict[str, Any]) -> None:
        group = self.groups[given["group"]]
        standing = Routine.objects.filter(kind=given["kind"], ended_at=None, **group.columns())
        # One's own of this minute is a double click, and changed to the same.
        just_now = {"made_by": self.person, "made_at__gt": timezone.now() - A_MOMENT}
        if standing.exclude(**just_now).exists():
            self.add_error("kind", _("The group has this reminder already: change that one."))


def _rhythm(given: dict[str, Any]) -> Rhythm:
    days = () if given["rhythm"] == "last_weekday" else tuple(given["weekday"])
    return Rhythm(given["rhythm"], days, until=given.get("until"))


class PauseForm(Form):
    """Until somebody lets it go on, or until a day."""

    until = forms.DateField(
        label=_("Until"),
        required=False,
        error_messages=A_DAY,
        help_text=_("On that day it resumes by itself. Empty: it waits until you resume it."),
    )

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until and until <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day in the future."))
        return until


class SkipForm(Form):
    day = forms.DateField(label=_("Day"), error_messages=A_DAY)
