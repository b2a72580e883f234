"""One time of a recurring reminder is left out, or comes after all."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.forms.routines import SkipForm
from communities.models import Routine
from communities.views.routines import LOADED, RUN
from portal import access
from portal.people.requests import Request
from portal.web.page import page


@access.record(Routine, "run_by", visible="visible_to", why=RUN, select=LOADED)
def new(request: Request, routine: Routine) -> HttpResponse:
    """Ask which day, or leave it out."""
    form = SkipForm(request.POST or None, initial={"day": request.GET.get("day")})
    if request.method == "POST" and form.is_valid():
        routine.skip(form.cleaned_data["day"], by=request.user)
        messages.success(request, _("That day is left out."))
        return redirect(routine)
    return page(request, "communities/skips/new.html", {"form": form, "routine": routine})


@access.record(Routine, "run_by", visible="visible_to", why=RUN, select=LOADED)
def remove(request: Request, routine: Routine) -> HttpResponse:
    form = SkipForm(request.POST or None, initial={"day": request.GET.get("day")})
    if request.method == "POST" and form.is_valid():
        routine.take_up(form.cleaned_data["day"], by=request.user)
        messages.success(request, _("That day comes after all."))
        return redirect(routine)
    return page(request, "communities/skips/remove.html", {"form": form, "routine": routine})
