"""Founding, changing and closing a community."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from communities.forms.people import Boxes
from communities.models import Audience, Closure, Community
from portal.agencies.access import positions_of
from portal.agencies.models import Agency, Role
from portal.people.models import User
from portal.people.zones import ZoneField
from portal.practice.vocabulary import terms
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
            "principles": Boxes,
            "skills": Boxes,
        }
        error_messages = {"name": {"required": _("Give the community a name.")}}

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        audiences = [(value, capfirst(words)) for value, words in Audience.choices]
        self.fields["audience"].choices = audiences  # type: ignore[attr-defined]
        # The words that the process keeps: the database is asked for those that are sent.
        self.fields["principles"].choices = terms()["principle"]  # type: ignore[attr-defined]
        self.fields["skills"].choices = terms()["skill"]  # type: ignore[attr-defined]
        if self.instance.pk:
            del self.fields["agency"]
            return
        agencies = Agency.objects.administered_by(person)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        mine = {each.agency for each in positions_of(person) if each.role == Role.ADMIN}
        first = min(mine, key=lambda agency: (agency.name, agency.pk), default=None)
        self.fields["agency"].initial = first
        self.fields["time_zone"].initial = first.time_zone if first else person.time_zone
        if len(mine) == 1:
            self.fields["agency"].widget = forms.HiddenInput()


class ClosureForm(ModelForm):
    class Meta:
        model = Closure
        fields = ["reason"]
        widgets = {"reason": LongText({"rows": 3})}
