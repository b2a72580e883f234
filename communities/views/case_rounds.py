"""A case round: bring a question, follow its steps, read what was suggested."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from communities.forms.meetings import CaseRoundForm, StepForm, SuggestionForm
from communities.models import CaseRound, Session, Suggestion
from communities.views.communities import RUN
from portal import access
from portal.people.requests import Request
from portal.web.page import page

SELECT = ("session__series__community", "session__cancellation", "presenter")


@access.record(
    Session,
    "joined_by",
    visible="visible_to",
    why=_("Only members bring a case."),
    select=("series__community__agency", "cancellation"),
)
def new(request: Request, session: Session) -> HttpResponse:
    form = CaseRoundForm(request.POST or None)
    if form.is_valid():
        try:
            CaseRound.bring(session, form.cleaned_data["question"], by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("communities:meetings.show", session.pk)
    return page(request, "communities/case_rounds/new.html", {"form": form, "session": session})


@access.record(CaseRound, "visible_to", name="case_round", select=SELECT)
def show(request: Request, case_round: CaseRound) -> HttpResponse:
    suggestions = Suggestion.objects.visible_to(request.user).filter(case_round=case_round)
    session = case_round.session
    context = {
        "case_round": case_round,
        "session": session,
        "presents": case_round.presenter_id == request.user.pk,
        "comes": session.community.is_joined_by(request.user),
        "runs": session.is_hosted_by(request.user),
        "suggestions": suggestions.select_related("author"),
        "form": SuggestionForm(),
    }
    return page(request, "communities/case_rounds/show.html", context)


@access.record(
    CaseRound, "hosted_by", name="case_round", visible="visible_to", why=RUN, select=SELECT
)
def edit(request: Request, case_round: CaseRound) -> HttpResponse:
    """POST `step`: go there. The page lists the steps for who has no script."""
    form = StepForm(request.POST or None)
    if form.is_valid():
        try:
            case_round.move_to(form.cleaned_data["step"], by=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect("communities:meetings.show", case_round.session_id)
    return redirect(case_round)
