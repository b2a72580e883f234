"""What an admin sets about journals: how long they are kept, and a legal hold."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.agencies.forms import DaysForm, PersonChoice
from portal.agencies.models import Agency
from portal.people.models import User
from portal.web.forms import Form
from reflections.models.retention import LONGEST

OUT_OF_RANGE = _("Choose from 1 to 50 years.")


class RetentionForm(Form):
    years = forms.IntegerField(
        label=_("Years that reflections are kept"),
        required=False,
        min_value=1,
        max_value=LONGEST,
        error_messages={"min_value": OUT_OF_RANGE, "max_value": OUT_OF_RANGE},
        help_text=_(
            "Counted from the day an entry is kept. Then it is deleted. Its author is told a month"
            " before. Leave it empty to keep them without an end."
        ),
    )


class HoldForm(DaysForm):
    """Whose journal, on which days of the agency's calendar, and why."""

    person = PersonChoice(
        label=_("Whose journal"), queryset=User.objects.none(), empty_label=_("Choose someone")
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("They read this in their journal. Name no family."),
    )
    field_order = ["person", "reason", "first_day", "last_day"]

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(agency, *args, **kwargs)
        people = agency.everyone_ever().order_by("name", "email")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["last_day"].help_text = _("Leave it empty when there is no end in sight.")

    @property
    def span(self) -> tuple[datetime, datetime | None]:
        """From when until when: today means now."""
        first: date = self.cleaned_data["first_day"]
        last: date | None = self.cleaned_data["last_day"]
        now = timezone.now()
        since = now if first == self.agency.day_of(now) else self.agency.midnight(first)
        return since, self.agency.midnight(last + timedelta(days=1)) if last else None
