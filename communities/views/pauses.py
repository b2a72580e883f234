"""A recurring reminder rests, until a day or until it is let go on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.forms.routines import PauseForm
from communities.models import Routine
from communities.views.routines import LOADED, RUN
from portal import access
from portal.people.requests import Request
from portal.web.page import page


@access.record(Routine, "run_by", visible="visible_to", why=RUN, select=LOADED)
def new(request: Request, routine: Routine) -> HttpResponse:
    form = PauseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if until := form.cleaned_data["until"]:
            routine.snooze(until, by=request.user)
        else:
            routine.pause(by=request.user)
        messages.success(request, _("It is paused."))
        return redirect(routine)
    return page(request, "communities/pauses/new.html", {"form": form, "routine": routine})


@access.record(Routine, "run_by", visible="visible_to", why=RUN, select=LOADED)
def remove(request: Request, routine: Routine) -> HttpResponse:
    if request.method == "POST":
        routine.resume(by=request.user)
        messages.success(request, _("It is on again."))
        return redirect(routine)
    return page(request, "communities/pauses/remove.html", {"routine": routine})
