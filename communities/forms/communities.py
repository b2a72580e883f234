"""Founding, changing and closing a community."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from communities.models import Audience, Closure, Community
from portal.agencies.access import agencies_of
from portal.agencies.models import Agency
from portal.people.models import User
from portal.people.zones import ZoneField
from portal.web.forms import LongText, ModelForm


class CommunityForm(ModelForm):
    """What a community is about. Its home agency is chosen once, by an admin of several."""

    time_zone = ZoneField(help_text=_("The clock that its sessions keep, summer and winter."))

    class Meta:
        model = Community
        fields = ["agency", "name", "purpose", "time_zone", "principles", "skills"]
        fields += ["audience", "takes_requests"]
        widgets = {
            "audience": forms.RadioSelect,
            "purpose": LongText({"rows": 3}),
            "principles": forms.CheckboxSelectMultiple,
            "skills": forms.CheckboxSelectMultiple,
        }
        error_messages = {"name": {"required": _("Give the community a name.")}}

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        audiences = [(value, capfirst(words)) for value, words in Audience.choices]
        self.fields["audience"].choices = audiences  # type: ignore[attr-defined]
        agencies = Agency.objects.administered_by(person)
        if self.instance.pk:
            del self.fields["agency"]
        else:
            self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
            first = agencies.first()
            self.fields["agency"].initial = first
            self.fields["time_zone"].initial = first.time_zone if first else person.time_zone
            if len(agencies_of(person, "admin")) == 1:
                self.fields["agency"].widget = forms.HiddenInput()


class ClosureForm(ModelForm):
    class Meta:
        model = Closure
        fields = ["reason"]
        widgets = {"reason": LongText({"rows": 3})}
