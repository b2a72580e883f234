"""A host is gone: somebody takes over in one step."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.forms.hosting import HostForm
from communities.hosting import take_over
from communities.models import Community
from communities.views.communities import RUN
from portal import access
from portal.people.requests import Request
from portal.web.page import page


@access.record(Community, "hosted_by", visible="visible_to", why=RUN)
def new(request: Request, community: Community) -> HttpResponse:
    """The button on the community's page posts the reader; here they may choose somebody else."""
    form = HostForm(
        request.POST or None,
        community=community,
        person=request.user,
        initial={"to": request.user.pk},
    )
    if form.is_valid():
        to = form.cleaned_data["to"]
        try:
            take_over(community, to, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("%(name)s hosts it now, with its sessions.") % {"name": to})
            return redirect(community)
    context = {
        "form": form,
        "community": community,
        "series": community.hostless_series(),
    }
    return page(request, "communities/hand_overs/new.html", context)
