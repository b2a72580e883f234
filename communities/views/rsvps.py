"""My answer for one session."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.forms.rsvps import RsvpForm
from communities.models import Rsvp, Session
from portal import access
from portal.people.requests import Request
from portal.web.page import page


@access.record(
    Session,
    "joined_by",
    visible="visible_to",
    why=gettext_lazy("Only members answer. Ask a host to welcome you."),
    select=("series__community__agency", "cancellation"),
)
def edit(request: Request, session: Session) -> HttpResponse:
    mine = session.rsvps.filter(person=request.user).first()
    form = RsvpForm(request.POST or None, initial=RsvpForm.of(mine))
    if form.is_valid():
        try:
            Rsvp.give(session, request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Your host sees your answer. You can change it any time."))
            return redirect(session)
    context = {"form": form, "session": session}
    return page(request, "communities/rsvps/edit.html", context)
