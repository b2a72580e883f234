"""Taking over, and handing over on the way out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.forms.people import offer
from communities.models import Community
from portal.people.models import User
from portal.web.forms import Form


class HostForm(Form):
    """Who hosts from now on: a member, or an admin who may belong to it."""

    to = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who takes over"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who takes over."),
            "invalid_choice": _("Choose someone from the list."),
        },
    )

    def __init__(
        self,
        *args: Any,
        community: Community,
        person: User,
        leaving: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        people, nobody = community.members(), []
        if leaving:
            people = people.exclude(pk=person.pk)
            self.fields["to"].required = False
            nobody = [("", _("Nobody yet: its admins are told"))]
        else:
            people |= community.eligible().filter(pk=person.pk)
        self.offered = offer(self.fields["to"], people.order_by("name", "pk"), *nobody)
