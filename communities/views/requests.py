"""Asking to join a community."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.forms.joinings import RequestForm
from communities.models import Community, Joining
from portal import access
from portal.people.requests import Request
from portal.web.page import page


@access.record(Community, "open_to", select=("agency",))
def new(request: Request, community: Community) -> HttpResponse:
    if waiting := community.joinings.open().filter(person=request.user).first():
        return redirect(waiting)
    form = RequestForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            joining = Joining.ask(community, request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Its hosts are told that you would like to join."))
            return redirect(joining)
    return page(request, "communities/requests/new.html", {"form": form, "community": community})
