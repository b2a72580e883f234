"""What I am told by email, and when not."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import access
from portal.notices.forms import PreferencesForm
from portal.notices.models import Leave
from portal.people.requests import Request
from portal.recurrence import place
from portal.web.page import page


@access.signed_in
def edit(request: Request) -> HttpResponse:
    form = PreferencesForm(request.POST or None, person=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved. It applies from now on."))
        return redirect("notices:preferences.edit")
    context = {
        "form": form,
        "place": place(request.user.time_zone),
        "leaves": Leave.objects.of(request.user).not_over(timezone.localdate()),
    }
    return page(request, "notices/preferences/edit.html", context)
