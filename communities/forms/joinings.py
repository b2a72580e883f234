"""Inviting, asking and answering."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from communities.forms.people import Boxes, offer
from communities.models import Community, Joining, Membership
from portal.agencies.access import colleagues_of
from portal.people.models import User
from portal.web.forms import Form, LongText, ModelForm

ROLES = [(role, capfirst(words)) for role, words in Membership.Role.choices]
ABOUT_ROLES = _("A host runs sessions and invites people. A coach helps the group learn.")


class RoleForm(Form):
    role = forms.ChoiceField(
        label=_("As"),
        choices=ROLES,
        initial=Membership.Role.MEMBER,
        widget=forms.RadioSelect,
        help_text=ABOUT_ROLES,
    )


class PeopleForm(RoleForm):
    """Some of the reader's own colleagues who may belong and don't yet. People of an agency that
    it spans are nobody's to list: they are invited by work email."""

    people = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Who joins"),
        widget=Boxes,
        error_messages={
            "required": _("Choose at least one person."),
            "invalid_choice": _("Choose people from the list."),
        },
    )
    field_order = ["people", "role"]

    def __init__(self, *args: Any, community: Community, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = colleagues_of(person)
        people = self.who_may_join(community).order_by("name", "pk")
        self.offered = offer(self.fields["people"], people)

    def who_may_join(self, community: Community) -> QuerySet[User]:
        there = community.memberships.not_over().values("person")
        return community.eligible().filter(pk__in=self.colleagues).exclude(pk__in=there)


class InvitationForm(PeopleForm):
    """Whom to invite, as what, with which words."""

    email = forms.EmailField(
        label=_("Or by work email"),
        required=False,
        help_text=_(
            "For someone of another agency that it spans. If they may belong to it, they find the"
            " invitation in Trellis; you aren't told whether they do."
        ),
    )
    word = forms.CharField(
        label=_("A short message"),
        max_length=500,
        required=False,
        widget=LongText({"rows": 3}),
    )
    field_order = ["people", "email", "role", "word"]

    def __init__(self, *args: Any, community: Community, person: User, **kwargs: Any) -> None:
        super().__init__(*args, community=community, person=person, **kwargs)
        self.fields["people"].label = _("Who you invite")
        self.fields["people"].required = False
        if not community.spans.exists():
            del self.fields["email"]

    def who_may_join(self, community: Community) -> QuerySet[User]:
        waiting = community.joinings.open().filter(way=Joining.Way.INVITED)
        return super().who_may_join(community).exclude(pk__in=waiting.values("person"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        nobody = not given.get("people") and not given.get("email")
        if nobody and not self.errors.keys() & {"people", "email"}:
            self.add_error("people", _("Choose at least one person."))
        return given


class RequestForm(ModelForm):
    class Meta:
        model = Joining
        fields = ["word"]
        labels = {"word": _("A short message")}
        widgets = {"word": LongText({"rows": 3})}
        help_texts = {"word": _("Why you would like to join. Its hosts read this.")}


class AnswerForm(Form):
    """Which button was pressed, and a word with it."""

    answer = forms.CharField(
        label=_("A short message with your answer"),
        max_length=500,
        required=False,
        widget=LongText({"rows": 2}),
    )
    accepts = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no")],
        coerce=lambda given: given == "yes",
        widget=forms.HiddenInput,
        error_messages={"required": _("Say yes or no.")},
    )
