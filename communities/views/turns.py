"""The meeting's clock: begin, move on, go back, give more minutes, end."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from communities.forms.meetings import TurnForm
from communities.models import Session, extend, move_to
from communities.views.communities import RUN
from portal import access
from portal.people.requests import Request
from portal.web.page import asks_for_fragment, page


@access.record(
    Session,
    "hosted_by",
    visible="visible_to",
    why=RUN,
    select=("series__community__agency", "cancellation"),
)
def new(request: Request, session: Session) -> HttpResponse:
    """POST `kind`, or `more` and `had`. When moving on asks why, this page asks."""
    form = TurnForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    if form.is_valid():
        given = form.cleaned_data
        try:
            if given["more"]:
                extend(session, given["more"], had=given["had"] or 0, by=request.user)
            elif given["kind"]:
                move_to(session, given["kind"], by=request.user, why=given["why"])
        except ValidationError as refusal:
            if not hasattr(refusal, "error_dict"):
                messages.error(request, " ".join(refusal.messages))
                return redirect("communities:meetings.show", session.pk)
            if asks_for_fragment(request):
                here = reverse("communities:turns.new", args=[session.pk])
                return HttpResponseClientRedirect(f"{here}?kind={given['kind']}")
            form.add_error(None, refusal)
        else:
            return redirect("communities:meetings.show", session.pk)
    form.fields["why"].required = True  # a press needs no words; whoever is asked does
    return page(request, "communities/turns/new.html", {"form": form, "session": session})
