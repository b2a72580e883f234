"""Calling off a session, or those that follow it too, and letting one take place after all."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.forms.sessions import CancellationForm
from communities.models import Session, stop_before
from communities.scopes import CALLS_OFF, scopes_of
from communities.views.communities import RUN
from portal import access
from portal.people.requests import Request
from portal.web.page import page

DONE = {
    "this": gettext_lazy("The session is called off, and its members are told."),
    "following": gettext_lazy("It and all that follow are called off, and members are told."),
    "all": gettext_lazy("The series has ended, and its members are told."),
}
LOADED = ("series__community__agency", "cancellation")


@access.record(Session, "hosted_by", visible="visible_to", why=RUN, select=LOADED)
def new(request: Request, session: Session) -> HttpResponse:
    form = CancellationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, scope = form.cleaned_data["reason"], form.cleaned_data["scope"]
        try:
            if scope == "following":
                stop_before(session, by=request.user, why=reason)
            elif scope == "all":
                session.series.end(by=request.user, why=reason)
            else:
                session.cancel(by=request.user, reason=reason)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, DONE[scope or "this"])
            return redirect(session.series if scope in {"following", "all"} else session)
    context = {
        "form": form,
        "session": session,
        "scopes": scopes_of(session, CALLS_OFF, form["scope"].value() or "this"),
    }
    return page(request, "communities/cancellations/new.html", context)


@access.record(Session, "hosted_by", visible="visible_to", why=RUN, select=LOADED)
def remove(request: Request, session: Session) -> HttpResponse:
    if request.method == "POST":
        try:
            session.reinstate(by=request.user)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, _("It takes place after all."))
        return redirect(session)
    return page(request, "communities/cancellations/remove.html", {"session": session})
