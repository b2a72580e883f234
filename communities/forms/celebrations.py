"""Celebrating what someone learned, and saying who sees it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.forms.exchange import Once
from communities.models import Celebration, Community
from portal.people.models import User
from portal.web.forms import Form, LongText, ModelForm

ONLY_US, NO = "us", "no"


class CelebrationForm(Once, ModelForm):
    """Whom, for what, in which words."""

    class Meta:
        model = Celebration
        fields = ["person", "kind", "text"]
        labels = {"person": _("Who you are celebrating")}
        widgets = {"kind": forms.RadioSelect, "text": LongText({"rows": 4})}
        help_texts = {
            "text": _("Only they read it, until they choose who else does. No family’s name.")
        }
        error_messages = {
            "person": {"required": _("Choose who you are celebrating.")},
            "kind": {"required": _("Say what you celebrate.")},
            "text": {"required": _("Write your words to them.")},
        }

    def __init__(self, *args: Any, community: Community, me: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = community.members().exclude(pk=me.pk).order_by("name", "pk")
        self.fields["person"].queryset = others  # type: ignore[attr-defined]
        self.fields["kind"].choices = Celebration.Kind.choices  # type: ignore[attr-defined]


class AnswerForm(Form):
    """Who sees it: one of the communities of both, the two alone, or nobody."""

    audience = forms.ChoiceField(
        label=_("Who sees it"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who sees it.")},
    )

    def __init__(self, *args: Any, celebration: Celebration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.communities = {str(each.pk): each for each in celebration.audiences()}
        words = _("%(community)s, and it shows on your page there")
        self.fields["audience"].choices = [  # type: ignore[attr-defined]
            *((pk, words % {"community": each}) for pk, each in self.communities.items()),
            (ONLY_US, _("Only the two of us")),
            (NO, _("Nobody: I would rather not have it")),
        ]

    @property
    def declines(self) -> bool:
        return bool(self.cleaned_data["audience"] == NO)

    @property
    def community(self) -> Community | None:
        return self.communities.get(self.cleaned_data["audience"])
