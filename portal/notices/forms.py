"""What to be told by email, when, and when not."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.notices.channel_forms import CHOSEN, ChannelsForm
from portal.notices.models import Category, Channel, Digest, Leave, Preference, QuietHours
from portal.people.models import User
from portal.recurrence import instant, wall_time
from portal.web.forms import Form, Ticks

SINGLE, DAILY = "", "daily"
LONGEST_LEAVE = timedelta(days=366)


class PreferencesForm(ChannelsForm):
    """A tick a channel for each category and kind, the quiet hours and days, and the digest."""

    quiet = forms.BooleanField(
        label=_("Hold email back in quiet hours"),
        required=False,
        help_text=_(
            "It comes when they end. What would no longer be useful then stays in the portal."
        ),
    )
    begins = forms.TimeField(label=_("Quiet from"))
    ends = forms.TimeField(label=_("Quiet until"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Whole days without email"),
        choices=[(day, capfirst(name)) for day, name in WEEKDAYS.items()],  # Spanish has them small
        coerce=int,
        required=False,
        widget=Ticks,
    )
    on_holidays = forms.BooleanField(
        label=_("And on the public holidays of my agency"), required=False
    )
    together = forms.ChoiceField(
        label=_("How often"),
        choices=[
            (SINGLE, _("Each email on its own, when it happens")),
            (DAILY, _("Together, once a day")),
            *(
                (str(day), _("Together, every %(day)s") % {"day": name})
                for day, name in WEEKDAYS.items()
            ),
        ],
        required=False,
        help_text=_("What would no longer be useful by then still comes on its own."),
    )
    together_at = forms.TimeField(label=_("At"), required=False)
    digested = forms.MultipleChoiceField(
        label=_("What comes together"),
        choices=[(each.value, each.label) for each in CHOSEN],
        required=False,
        widget=Ticks,
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        hours = QuietHours.of(person)
        digest = None
        if Preference.wants(person, Category.DIGEST, Channel.MAIL):
            digest = Digest.objects.filter(person=person).first()
        initial = {
            "quiet": hours.on,
            "begins": hours.begins,
            "ends": hours.ends,
            "weekdays": hours.weekdays,
            "on_holidays": hours.on_holidays,
            "together": _choice_of(digest),
            "together_at": digest.local_time if digest else time(8),
            "digested": digest.categories if digest else [each.value for each in CHOSEN],
        }
        super().__init__(*args, person=person, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        begins, ends = answers.get("begins"), answers.get("ends")
        if answers.get("quiet") and begins is not None and begins == ends:
            self.add_error("ends", _("Choose an end that differs from the start."))
        if len(answers.get("weekdays") or []) == len(WEEKDAYS):
            self.add_error("weekdays", _("Leave one day on which mail may come."))
        if answers.get("together"):
            if not answers.get("together_at") and "together_at" not in self.errors:
                self.add_error("together_at", _("Choose the hour at which it comes."))
            if not answers.get("digested") and "digested" not in self.errors:
                self.add_error("digested", _("Choose at least one thing that comes together."))
        return answers

    def save(self) -> None:
        """Keep what changed."""
        self.save_channels()
        hours = QuietHours.of(self.person)
        hours.on = self.cleaned_data["quiet"]
        if self.cleaned_data["begins"] != self.cleaned_data["ends"]:
            hours.begins, hours.ends = self.cleaned_data["begins"], self.cleaned_data["ends"]
        hours.weekdays = sorted(self.cleaned_data["weekdays"])
        hours.on_holidays = self.cleaned_data["on_holidays"]
        hours.save()
        if {"together", "together_at", "digested"} & set(self.changed_data):
            self._save_digest()

    def _save_digest(self) -> None:
        chosen = self.cleaned_data["together"]
        if not chosen:
            Digest.stop(self.person)
            return
        Preference.choose(self.person, Category.DIGEST, Channel.MAIL, wanted=True)
        Digest.choose(
            self.person,
            categories=self.cleaned_data["digested"],
            weekday=None if chosen == DAILY else int(chosen),
            local_time=self.cleaned_data["together_at"],
        )


def _choice_of(digest: Digest | None) -> str:
    if digest is None:
        return SINGLE
    return DAILY if digest.weekday is None else str(digest.weekday)


class LeaveForm(Form):
    """From a day to a day, both whole."""

    first_day = forms.DateField(label=_("First day away"))
    last_day = forms.DateField(label=_("Last day away"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first_day"), given.get("last_day")
        if first and last:
            if last < first:
                self.add_error("last_day", _("Choose a last day that is not before the first."))
            elif last < timezone.localdate():
                self.add_error("last_day", _("Choose a day in the future."))
            elif last - first > LONGEST_LEAVE:
                self.add_error("last_day", _("Choose a year or less."))
        return given

    def save(self, person: User) -> Leave:
        """Keep it; the same days twice are once."""
        leave, _fresh = Leave.objects.get_or_create(person=person, **self.cleaned_data)
        return leave


class SnoozeForm(Form):
    """When a notice is to come back, on its reader's own clock."""

    until = forms.ChoiceField(label=_("Bring it back"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, person: User, now: datetime | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.times = times_to_come_back(now or timezone.now(), person.time_zone)
        self.fields["until"].choices = [(name, label) for name, label, _at in self.times]  # type: ignore[attr-defined]
        self.initial.setdefault("until", self.times[0][0])

    @property
    def at(self) -> datetime:
        """The chosen instant."""
        return next(at for name, _label, at in self.times if name == self.cleaned_data["until"])


def times_to_come_back(now: datetime, zone: str) -> list[tuple[str, Any, datetime]]:
    """(name, label, instant): later today, tomorrow morning, next week."""
    wall = wall_time(now, zone)
    tomorrow = wall.date() + timedelta(days=1)
    monday = wall.date() + timedelta(days=7 - wall.weekday())

    def eight(day: date) -> datetime:
        return instant(datetime.combine(day, time(8)), zone)

    return [
        ("hour", _("In an hour"), now + timedelta(hours=1)),
        ("tomorrow", _("Tomorrow at 8"), eight(tomorrow)),
        ("week", _("On Monday at 8"), eight(monday)),
    ]
