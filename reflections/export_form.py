"""How much of a journal its author takes along."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.web.forms import Form


class ExportForm(Form):
    year = forms.TypedChoiceField(label=_("Of which year"), required=False, coerce=int)

    def __init__(self, years: Sequence[int], data: Any = None) -> None:
        super().__init__(data, auto_id="export_%s")
        field = self.fields["year"]
        field.choices = [("", _("All years")), *((year, str(year)) for year in years)]  # type: ignore[attr-defined]
        field.empty_value = None  # type: ignore[attr-defined]
