"""Leaving a community by oneself."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.forms.hosting import HostForm
from communities.hosting import hand_on
from communities.models import Community, Series
from portal import access
from portal.people.requests import Request
from portal.prepared import prepared
from portal.web.forms import Form
from portal.web.page import page


@access.record(
    Community,
    "joined_by",
    visible="visible_to",
    why=gettext_lazy("You do not belong to it."),
)
def new(request: Request, community: Community) -> HttpResponse:
    """It says what goes with you. A host may name who takes over."""
    me = request.user
    membership = community.membership_of(me.pk)
    if membership is None:  # it ended since the rule let them in
        raise Http404
    hosted = _hosted(community.pk, me.pk)
    hands_over = membership.role == "host" or bool(hosted)
    sent = request.POST if request.method == "POST" else None
    # Who hosts nothing hands nothing over: a successor in their answer would be made a host.
    form = (
        HostForm(sent, community=community, person=me, leaving=True) if hands_over else Form(sent)
    )
    if form.is_valid():
        try:
            with transaction.atomic():
                if to := form.cleaned_data.get("to"):
                    hand_on(community, me, to, by=me)
                membership.end(by=me)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("You left %(name)s.") % {"name": community})
            return redirect("communities:communities.index")
    context = {
        "community": community,
        "form": form if hands_over else None,
        "hosted": hosted,
        "only_host": [pk for role, pk, _name in community.names() if role == "host"] == [me.pk],
    }
    return page(request, "communities/leavings/new.html", context)


@prepared
def _hosted(community: int, person: int) -> QuerySet[Series]:
    return Series.objects.running().filter(community=community, host=person)
