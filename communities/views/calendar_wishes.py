"""Whether sessions come to me as invitations by mail."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.forms.calendars import InvitationsForm
from communities.models import CalendarWish
from portal import access
from portal.people.requests import Request
from portal.web.page import page


@access.signed_in
def edit(request: Request) -> HttpResponse:
    wanted = hasattr(request.user, "calendar_wish")
    form = InvitationsForm(request.POST or None, initial={"wanted": wanted})
    if request.method == "POST" and form.is_valid():
        CalendarWish.choose(request.user, wanted=form.cleaned_data["wanted"])
        messages.success(request, _("Saved. It applies from now on."))
        return redirect("communities:feeds.new")
    return page(request, "communities/calendar_wishes/edit.html", {"form": form})
