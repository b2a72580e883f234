"""Where I am signed in, and signing one of them out."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal import access
from portal.audit.events import record
from portal.people import devices
from portal.people.requests import Request
from portal.web.page import page


@access.signed_in
def index(request: Request) -> HttpResponse:
    """GET lists them; POST signs out all but this one."""
    if request.method == "POST":
        if devices.end_others(request.user, request.session.session_key):
            record("person.signed_out_devices", on=request.user, by=request.user)
        messages.success(request, _("The other devices are signed out."))
        return redirect("people:devices.index")
    signed_in = devices.of(request.user, request.session.session_key)
    return page(request, "people/devices/index.html", {"devices": signed_in})


@access.signed_in
def remove(request: Request, pk: int) -> HttpResponse:
    """Only one's own are found: another's is as one that does not exist."""
    found = devices.of(request.user, request.session.session_key)
    device = next((each for each in found if each.pk == pk), None)
    if device is None:
        raise Http404
    if request.method == "POST":
        record("person.signed_out_device", on=request.user, by=request.user)
        if device.is_this_one:
            get_adapter().logout(request)
            return redirect("account_login")
        devices.end(request.user, pk)
        messages.success(request, _("That device is signed out."))
        return redirect("people:devices.index")
    return page(request, "people/devices/remove.html", {"device": device})
