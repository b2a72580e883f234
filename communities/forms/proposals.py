"""Asking another agency to join a community, and answering for one's own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import SpanProposal
from portal.agencies.models import Agency
from portal.people.models import User
from portal.web.forms import Form, LongText, ModelForm


class ProposalForm(ModelForm):
    class Meta:
        model = SpanProposal
        fields = ["email", "word"]
        labels = {"word": _("A short message")}
        widgets = {"word": LongText({"rows": 3})}


class AnswerProposalForm(Form):
    """Which of the agencies that I run joins, when it is several."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label=_("Which agency joins"),
        empty_label=None,
        error_messages={"required": _("Choose the agency that joins.")},
    )
    accepts = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no")],
        coerce=lambda given: given == "yes",
        widget=forms.HiddenInput,
        error_messages={"required": _("Say yes or no.")},
    )

    def __init__(self, *args: Any, proposal: SpanProposal, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = proposal.agencies_for(person)
        self.fields["agency"].queryset = mine  # type: ignore[attr-defined]
        if len(mine) == 1:
            self.fields["agency"].widget = forms.HiddenInput()
            self.fields["agency"].initial = mine[0]
