"""My address refused mail: what to do about it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal import access
from portal.notices.models import PausedAddress
from portal.people.requests import Request
from portal.web.page import page


@access.signed_in
def remove(request: Request) -> HttpResponse:
    """Say that it works again. Without a pause there is nothing to end, and the page says so."""
    if request.method == "POST":
        PausedAddress.resume(request.user)
        messages.success(request, _("From now on email goes there again."))
        return redirect("notices:preferences.edit")
    paused = PausedAddress.of(request.user)
    return page(request, "notices/paused_addresses/remove.html", {"paused": paused})
