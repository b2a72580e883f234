"""Who hosts in turn."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Series
from portal.people.models import User
from portal.web.forms import Form

TURN = {
    "invalid": _("Enter a number, like 1."),
    "min_value": _("Count from 1."),
    "max_value": _("Enter a smaller number."),
}


class RotationForm(Form):
    """A number a member: the order in which they host. Empty: not in turn."""

    def __init__(self, *args: Any, series: Series, **kwargs: Any) -> None:
        self.members = {person.pk: person for person in series.community.members().order_by("name")}
        places = dict(series.turns.values_list("person", "place"))
        super().__init__(*args, **kwargs)
        for pk, person in self.members.items():
            self.fields[f"turn-{pk}"] = forms.IntegerField(
                label=person.name or person.email,
                required=False,
                min_value=1,
                max_value=999,
                initial=places.get(pk),
                error_messages=TURN,
                widget=forms.NumberInput(attrs={"class": "turn", "autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        seen: dict[int, str] = {}
        for name, place in list(given.items()):
            if place is None:
                continue
            if place in seen:
                self.add_error(name, _("Two people have this number. Give each one of their own."))
            seen[place] = name
        return given

    def order(self) -> list[User]:
        """The people in turn, once valid."""
        chosen = sorted((place, name) for name, place in self.cleaned_data.items() if place)
        return [self.members[int(name.partition("-")[2])] for _place, name in chosen]
