"""One session at another time or with another host, and putting it back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.forms.moves import MoveForm
from communities.models import Session, put_back, set_by_hand
from communities.scopes import CHANGES, scopes_of
from communities.views.communities import RUN
from communities.views.series import is_sent
from portal import access
from portal.people.requests import Request
from portal.web.page import page

PREVIEW = "communities/moves/_preview.html"
LOADED = ("series__community__agency", "cancellation", "override", "host")


@access.record(Session, "hosted_by", visible="visible_to", why=RUN, select=LOADED)
def new(request: Request, session: Session) -> HttpResponse:
    form = MoveForm(request.POST or None, session=session, planner=request.user)
    if is_sent(request) and form.is_valid():
        given = form.cleaned_data
        try:
            set_by_hand(
                session,
                starts=form.starts or session.rule_gave,
                minutes=given["minutes"],
                host=given["host"],
                by=request.user,
            )
        except ValidationError as refusal:
            form.add_error("day", refusal)
        else:
            messages.success(request, _("This session is changed. The others stay."))
            return redirect(session)
    context = {"form": form, "session": session, "scopes": scopes_of(session, CHANGES, "this")}
    return page(request, "communities/moves/new.html", context, fragment=PREVIEW)


@access.record(Session, "hosted_by", visible="visible_to", why=RUN, select=LOADED)
def remove(request: Request, session: Session) -> HttpResponse:
    if request.method == "POST":
        try:
            put_back(session, by=request.user)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, _("This session is as its series says again."))
        return redirect(session)
    return page(request, "communities/moves/remove.html", {"session": session})
