"""What a feed address opens, and whether invitations come by mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from portal.people.models import User
from portal.web.forms import Form


class FeedForm(Form):
    community = forms.ModelChoiceField(
        label=_("What is in it"),
        queryset=Community.objects.none(),
        required=False,
        empty_label=_("All my communities"),
        error_messages={"invalid_choice": _("Choose one of your communities, or all.")},
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["community"]
        field.queryset = Community.objects.joined_by(person)


class InvitationsForm(Form):
    wanted = forms.BooleanField(
        label=_("Send me calendar invitations by mail"),
        required=False,
        help_text=_(
            "One for each series of your communities, and another whenever a time changes or a"
            " session is called off."
        ),
    )
