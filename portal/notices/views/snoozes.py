"""Not now: a notice comes back later."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal import access
from portal.notices.forms import SnoozeForm
from portal.notices.kinds import kinds
from portal.notices.models import Notice
from portal.people.requests import Request
from portal.web.page import page


@access.record(Notice, "visible_to")
def new(request: Request, notice: Notice) -> HttpResponse:
    form = SnoozeForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        notice.snooze(form.at)
        messages.success(request, _("It comes back then, as new."))
        return redirect("notices:notices.index")
    context = {"form": form, "notice": notice, "kind": kinds.get(notice.kind)}
    return page(request, "notices/snoozes/new.html", context)
