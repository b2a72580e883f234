"""What I promised myself, for myself alone."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from communities.forms.commitments import CommitmentForm, OutcomeForm
from communities.models import Commitment, Session
from communities.models.commitment import CommitmentQuerySet
from portal import access
from portal.people.requests import Request
from portal.web.page import page

PAST = 30


@access.collection(Commitment, "visible_to", "commitments")
def index(request: Request, commitments: CommitmentQuerySet) -> HttpResponse:
    ended = commitments.ended().prefetch_related("outcomes")[:PAST]
    context = {
        "open_commitments": commitments.open().prefetch_related("outcomes"),
        "ended": ended,
        "today": timezone.localdate(),
    }
    return page(request, "communities/commitments/index.html", context)


@access.signed_in
def new(request: Request) -> HttpResponse:
    """`?session=7` names the session that it is taken in; one I don't come to is left out."""
    asked = request.GET.get("session", "")
    mine = Session.objects.joined_by(request.user).select_related("series__community")
    session = mine.filter(pk=asked).first() if asked.isascii() and asked.isdecimal() else None
    form = CommitmentForm(request.POST or None)
    if form.is_valid():
        if session:
            session.promise(person=request.user, **form.cleaned_data)
            return redirect(session)
        Commitment.make(person=request.user, **form.cleaned_data)
        return redirect("communities:commitments.index")
    return page(request, "communities/commitments/new.html", {"form": form, "session": session})


@access.record(Commitment, "visible_to")
def edit(request: Request, commitment: Commitment) -> HttpResponse:
    form = OutcomeForm(request.POST or None)
    if form.is_valid():
        try:
            commitment.settle(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("communities:commitments.index")
    context = {
        "form": form,
        "commitment": commitment,
        "outcomes": commitment.outcomes.all(),
        "over": commitment.final_outcome,
    }
    return page(request, "communities/commitments/edit.html", context)
