"""Days on which I am away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal import access
from portal.notices.forms import LeaveForm
from portal.notices.models import Leave
from portal.people.requests import Request
from portal.web.page import page


@access.signed_in
def new(request: Request) -> HttpResponse:
    form = LeaveForm(request.POST or None)
    if form.is_valid():
        form.save(request.user)
        messages.success(request, _("Saved. Nothing is mailed to you on these days."))
        return redirect("notices:preferences.edit")
    return page(request, "notices/leaves/new.html", {"form": form})


@access.record(Leave, "of")
def remove(request: Request, leave: Leave) -> HttpResponse:
    if request.method == "POST":
        leave.delete()
        messages.success(request, _("Removed: mail comes again on these days."))
        return redirect("notices:preferences.edit")
    return page(request, "notices/leaves/remove.html", {"leave": leave})
