"""What to be told by email, and when not."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.notices.models import Category, Channel, Preference, QuietHours
from portal.people.models import User
from portal.web.forms import Form


def _tick(category: Category) -> forms.BooleanField:
    return forms.BooleanField(label=category.label, required=False)


class PreferencesForm(Form):
    """One tick a category, and the quiet hours."""

    sessions = _tick(Category.SESSIONS)
    reflections = _tick(Category.REFLECTIONS)
    practice = _tick(Category.PRACTICE)
    agency = _tick(Category.AGENCY)
    quiet = forms.BooleanField(
        label=_("Hold email back in quiet hours"),
        required=False,
        help_text=_("It comes when they end. What would be of no use then stays in the portal."),
    )
    begins = forms.TimeField(label=_("Quiet from"))
    ends = forms.TimeField(label=_("Quiet until"))

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        hours = QuietHours.of(person)
        unwanted = set(
            Preference.objects.filter(
                person=person, channel=Channel.MAIL, wanted=False
            ).values_list("category", flat=True)
        )
        initial = {
            "quiet": hours.on,
            "begins": hours.begins,
            "ends": hours.ends,
            **{category.value: category.value not in unwanted for category in Category},
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.person = person

    @property
    def categories(self) -> list[Any]:
        return [self[category.value] for category in Category]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        begins, ends = answers.get("begins"), answers.get("ends")
        if answers.get("quiet") and begins is not None and begins == ends:
            self.add_error("ends", _("Choose an end that differs from the start."))
        return answers

    def save(self) -> None:
        """Keep what changed."""
        for category in Category:
            if category.value in self.changed_data:
                wanted = self.cleaned_data[category.value]
                Preference.choose(self.person, category, Channel.MAIL, wanted=wanted)
        hours = QuietHours.of(self.person)
        hours.on = self.cleaned_data["quiet"]
        if self.cleaned_data["begins"] != self.cleaned_data["ends"]:
            hours.begins, hours.ends = self.cleaned_data["begins"], self.cleaned_data["ends"]
        hours.save()
