"""A period of days."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.web.forms import Form

DAY = _("Enter a date, like 2026-11-30.")


class PeriodForm(Form):
    first = forms.DateField(
        label=_("From"), error_messages={"invalid": DAY, "required": _("Choose a first day.")}
    )
    last = forms.DateField(
        label=_("To"), error_messages={"invalid": DAY, "required": _("Choose a last day.")}
    )

    @classmethod
    def asked(cls, given: Any, today: date) -> "PeriodForm":
        """From a URL or a form that was sent; this year so far where nothing was asked."""
        this_year = {"first": today.replace(month=1, day=1), "last": today}
        return cls(given if {"first", "last"} & set(given) else this_year)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        first, last = answers.get("first"), answers.get("last")
        if first and last and first > last:
            self.add_error("last", _("Choose a last day that is not before the first."))
        for name in ("first", "last"):
            if (day := answers.get(name)) and not 2000 <= day.year <= 2200:
                self.add_error(name, _("Choose a day between the years 2000 and 2200."))
        return answers


class CodeForm(Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        error_messages={"required": _("Type the code that is printed on the paper.")},
    )

    def clean_code(self) -> str:
        """As it is kept: people add spaces and small letters."""
        code: str = self.cleaned_data["code"]
        return "".join(c for c in code.upper() if c.isalnum())
