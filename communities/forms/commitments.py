"""One "next time I will ...", and what became of it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import Commitment, Outcome
from portal.web.forms import Form, LongText, ModelForm


class CommitmentForm(ModelForm):
    class Meta:
        model = Commitment
        fields = ["text", "due_on"]
        widgets = {"text": LongText({"rows": 3})}
        error_messages = {
            "text": {"required": _("Write what you will do next time.")},
            "due_on": {
                "required": _("Choose the day on which it comes back to you."),
                "invalid": _("Enter a date, like 2026-11-30."),
            },
        }

    def clean_due_on(self) -> Any:
        due_on = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise forms.ValidationError(_("Choose a day in the future."))
        return due_on


class OutcomeForm(Form):
    """ "Not yet" asks for the next day."""

    kind = forms.ChoiceField(
        label=_("What became of it?"),
        choices=Outcome.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what became of it.")},
    )
    words = forms.CharField(
        label=_("What you noticed"),
        max_length=1000,
        required=False,
        widget=LongText({"rows": 3}),
        help_text=_("Only you read this."),
    )
    next_on = forms.DateField(
        label=_("Not yet? Bring it back on"),
        required=False,
        error_messages={"invalid": _("Enter a date, like 2026-11-30.")},
    )
