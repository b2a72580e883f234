"""Whether one comes, and a word to the host."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Rsvp
from portal.web.forms import Form


class RsvpForm(Form):
    answer = forms.ChoiceField(
        label=_("Will you come?"),
        choices=Rsvp.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes, no or maybe.")},
    )
    word = forms.CharField(
        label=_("A short message to the host"),
        max_length=300,
        required=False,
        help_text=_("Only those who run the session read it. Name no family."),
    )

    @staticmethod
    def of(rsvp: Rsvp | None) -> dict[str, Any]:
        """What the form begins with."""
        return {"answer": rsvp.answer, "word": rsvp.word} if rsvp else {}
