"""What the journal's search asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.forms.exchange import FinderForm
from reflections.looking import DAYS, Looking


class LookingForm(FinderForm):
    """Drawn and never checked: the finder reads the address."""

    def __init__(self, finder: Looking) -> None:
        super().__init__(finder)
        picker = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        for name, label in zip(DAYS, (_("Kept from"), _("Kept until")), strict=True):
            self.fields[name] = forms.DateField(
                label=label, widget=picker, initial=finder.days.get(name)
            )
