"""Calling a session off."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.forms.sessions import CancellationForm
from communities.models import Session
from communities.views.communities import RUN
from portal import access
from portal.people.requests import Request
from portal.web.page import page


@access.record(
    Session,
    "hosted_by",
    visible="visible_to",
    why=RUN,
    select=("series__community__agency", "cancellation"),
)
def new(request: Request, session: Session) -> HttpResponse:
    form = CancellationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            session.cancel(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The session is called off, and its members are told."))
            return redirect(session)
    return page(request, "communities/cancellations/new.html", {"form": form, "session": session})
