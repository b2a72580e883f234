"""What a session works on."""

from django.http import HttpResponse
from django.shortcuts import redirect

from communities.forms.meetings import FocusForm
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
    select=("series__community",),
)
def edit(request: Request, session: Session) -> HttpResponse:
    form = FocusForm(request.POST or None, initial=FocusForm.of(session))
    if form.is_valid():
        session.focus_on(form.chosen(), by=request.user)
        return redirect("communities:meetings.show", session.pk)
    return page(request, "communities/focuses/edit.html", {"form": form, "session": session})
