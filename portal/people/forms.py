"""What people say about themselves."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.people.models import User
from portal.people.zones import ZoneField
from portal.web.forms import ModelForm


class ProfileForm(ModelForm):
    language = forms.ChoiceField(label=_("Language"), choices=lambda: settings.LANGUAGES)
    time_zone = ZoneField(help_text=_("Every time that you read is in this zone."))
    theme = forms.ChoiceField(
        label=_("Colours"),
        choices=User.Theme.choices,
        required=False,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = User
        fields = ["name", "language", "time_zone", "theme"]
        labels = {"name": _("Name")}
        help_texts = {"name": _("As the people you work with know you.")}
