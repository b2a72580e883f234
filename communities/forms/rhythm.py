"""The fields of a rhythm, and how they become times: for whatever a group plans again and again."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from communities.rhythm import KINDS, PLACES, WEEKDAYS, Rhythm
from portal.recurrence import NotARecurrence, Recurrence
from portal.web.forms import Form, Ticks

A_DAY = {"invalid": _("Enter a date, like 2026-11-30.")}


class RhythmForm(Form):
    """Subclasses add `starts_on`, `local_time` and `until`, each in their own words, and name in
    `field_order` what stands above the rhythm."""

    rhythm = forms.ChoiceField(label=_("How often"), choices=list(KINDS.items()))
    weekday = forms.MultipleChoiceField(
        label=_("On"),
        choices=[(day, capfirst(name)) for day, name in WEEKDAYS.items()],  # Spanish has them small
        widget=Ticks,
        error_messages={"required": _("Choose at least one day of the week.")},
        help_text=_("One or more days of the week; one for a monthly rhythm."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weekday"].required = self.data.get("rhythm") != "last_weekday"

    def _has_its_days(self, given: dict[str, Any]) -> bool:
        if given["rhythm"] in PLACES and len(given["weekday"]) != 1:
            self.add_error("weekday", _("Choose one day of the week for a monthly rhythm."))
        return "weekday" not in self.errors

    def _times_of(self, rhythm: Rhythm, given: dict[str, Any], zone: str) -> Recurrence | None:
        """On the clock of `zone`; None, and said at the field, where they cannot be kept."""
        if rhythm.until and rhythm.until < given["starts_on"]:
            self.add_error("until", _("Choose a last day that comes after the first."))
            return None
        starts = datetime.combine(given["starts_on"], given["local_time"])
        try:
            return Recurrence(rhythm.rule(zone), starts, zone)
        except (NotARecurrence, OverflowError) as impossible:
            words = getattr(impossible, "message", _("Choose days of this century."))
            self.add_error("until" if rhythm.until else "starts_on", words)
            return None
