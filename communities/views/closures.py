"""Closing a community."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from communities.forms.communities import ClosureForm
from communities.models import Community
from portal import access
from portal.people.requests import Request
from portal.web.page import page


@access.record(
    Community,
    "administered_by",
    visible="visible_to",
    why=_("Only the admins of its agency can close it."),
    select=("agency",),
)
def new(request: Request, community: Community) -> HttpResponse:
    form = ClosureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        community.close(by=request.user, **form.cleaned_data)
        return redirect(community)
    return page(request, "communities/closures/new.html", {"form": form, "community": community})
