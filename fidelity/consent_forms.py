"""Putting a consent on record."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fidelity.forms import not_in_the_future
from fidelity.models import Consent
from fidelity.widgets import Choice
from portal.people.models import User
from portal.web.forms import ModelForm


class ConsentForm(ModelForm):
    """One's own is given here and today; of somebody else it is said how and when they gave it."""

    class Meta:
        model = Consent
        fields = ("how", "given_on", "until")
        labels = {
            "how": _("How they gave it"),
            "given_on": _("When they gave it"),
            "until": _("Good until"),
        }
        help_texts = {"until": _("It can be withdrawn at any time before.")}
        widgets = {"how": Choice, "given_on": forms.DateInput, "until": forms.DateInput}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.person == by:
            del self.fields["how"], self.fields["given_on"]
            self.instance.how = Consent.How.HERE
            self.instance.given_on = timezone.localdate()
        else:
            how = self.fields["how"]
            assert isinstance(how, forms.ChoiceField)
            told = (Consent.How.WRITING, Consent.How.SPOKEN)
            how.choices = [(each.value, each.label) for each in told]
            self.initial["given_on"] = timezone.localdate()

    def clean_given_on(self) -> Any:
        return not_in_the_future(self.cleaned_data["given_on"])
