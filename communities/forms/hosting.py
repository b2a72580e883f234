"""Taking over, and handing over on the way out."""

from operator import itemgetter
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

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
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        names = {pk: name for _role, pk, name in community.names()}
        nobody: list[tuple[Any, Any]] = []
        if leaving:
            names.pop(person.pk, None)
            field.required = False
            nobody = [("", _("Nobody yet: its admins are told"))]
        elif person.pk not in names and community.eligible().filter(pk=person.pk).exists():
            names[person.pk] = person.name or person.email  # whole, as everybody's here
        if self.is_bound:
            field.queryset = User.objects.filter(pk__in=names)
        self.offered = [*nobody, *sorted(names.items(), key=itemgetter(1, 0))]
        field.choices = self.offered
