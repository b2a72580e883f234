"""Leaving a community by oneself."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.forms.hosting import HostForm
from communities.hosting import hand_on
from communities.models import Community
from portal import access
from portal.people.requests import Request
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
    membership = community.memberships.current().get(person=me)
    hosted = list(community.series.running().filter(host=me))
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
        "only_host": membership.role == "host" and not community.hosts().exclude(pk=me.pk).exists(),
    }
    return page(request, "communities/leavings/new.html", context)
