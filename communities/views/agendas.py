"""A session's focus, and how its minutes are spent."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from communities.forms.sessions import AgendaForm
from communities.models import Session, set_agenda
from communities.views.communities import RUN
from portal import access
from portal.people.requests import Request
from portal.web.page import page


@access.record(
    Session,
    "hosted_by",
    visible="visible_to",
    why=RUN,
    select=("series__community__agency", "focus_skill", "focus_principle"),
)
def edit(request: Request, session: Session) -> HttpResponse:
    """`?meeting=1`: the host came from the meeting's page, and goes back there."""
    form = AgendaForm(request.POST or None, session=session)
    in_meeting = "meeting" in request.GET
    home = reverse("communities:meetings.show", args=[session.pk]) if in_meeting else session
    if form.is_valid():
        try:
            with transaction.atomic():
                session.focus_on(form.focus_chosen(), by=request.user)
                why = form.cleaned_data["why"]
                set_agenda(session, form.parts(), by=request.user, why=why)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect(home)
    context = {"form": form, "session": session, "in_meeting": in_meeting}
    return page(request, "communities/agendas/edit.html", context)
