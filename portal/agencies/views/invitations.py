"""Invitations, as admins see them."""

from allauth.core import ratelimit
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import access
from portal.agencies.access import administers
from portal.agencies.forms import InvitationForm
from portal.agencies.models import Agency, Invitation
from portal.people.requests import Request
from portal.web.errors import too_many
from portal.web.page import page


@administers
def index(request: Request, agency: Agency) -> HttpResponse:
    """Who is invited, and how far their email got."""
    invitations = (
        agency.invitations.standing().select_related("letter", "invited_by").order_by("-created_at")
    )
    context = {
        "agency": agency,
        "invitations": Paginator(invitations, 50).get_page(request.GET.get("page")),
        "now": timezone.now(),
    }
    return page(request, "agencies/invitations/index.html", context)


@administers
def new(request: Request, agency: Agency) -> HttpResponse:
    form = InvitationForm(agency, request.POST or None)
    if form.is_valid():
        if not ratelimit.consume(request, action="invite", user=request.user):
            return too_many(request)
        invitation = agency.invites(by=request.user, **form.cleaned_data)
        words = _(
            "The invitation is on its way to %(email)s. If the mail server is down, we keep trying."
        )
        messages.success(request, words % {"email": invitation.email})
        return redirect("agencies:invitations.index", agency.pk)
    return page(request, "agencies/invitations/new.html", {"agency": agency, "form": form})


@access.record(Invitation, "administered_by", select=("agency",))
def remove(request: Request, invitation: Invitation) -> HttpResponse:
    """Revoke it: its link leads nowhere from now on."""
    if request.method == "POST":
        invitation.revoke(by=request.user)
        messages.success(request, _("Revoked. The link in their email does not work any more."))
        return redirect("agencies:invitations.index", invitation.agency_id)
    context = {"agency": invitation.agency, "invitation": invitation}
    return page(request, "agencies/invitations/remove.html", context)
