"""Send an invitation again, with a fresh link."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal import access
from portal.agencies.models import Invitation
from portal.people.requests import Request
from portal.web.errors import too_many
from portal.web.page import page


@access.record(Invitation, "administered_by", select=("agency",))
def new(request: Request, invitation: Invitation) -> HttpResponse:
    if request.method == "POST":
        if not ratelimit.consume(request, action="invite", user=request.user):
            return too_many(request)
        invitation.resend(by=request.user)
        words = _("A fresh link is on its way to %(email)s. Earlier links have ended.")
        messages.success(request, words % {"email": invitation.email})
        return redirect("agencies:invitations.index", invitation.agency_id)
    context = {"agency": invitation.agency, "invitation": invitation}
    return page(request, "agencies/resends/new.html", context)
