"""What I promised myself, for myself alone."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from communities.finder import Found, row_id
from communities.forms.commitments import CommitmentForm, OutcomeForm
from communities.forms.meetings import PromiseForm
from communities.models import Commitment, Session
from communities.models.commitment import FINAL
from communities.ways_on import ways_on_from
from portal import access
from portal.people.models import User
from portal.people.requests import Request
from portal.prepared import prepared
from portal.web.page import page

A_PAGE = 12  # of what was tried or let go


@access.signed_in
def index(request: Request) -> HttpResponse:
    """`?before=7` goes on after that one, among what was tried or let go."""
    last = _mine_named(request.user, request.GET.get("before"))
    context = {
        "open_commitments": [] if last else _open_of(request.user),
        "found": _ended_of(request.user, last),
        "today": timezone.localdate(),
    }
    return page(request, "communities/commitments/index.html", context)


def _mine_named(person: User, pk: str | None) -> Commitment | None:
    found = row_id(pk)
    return Commitment.objects.visible_to(person).filter(pk=found).first() if found else None


@prepared
def _open_of(person: User) -> QuerySet[Commitment]:
    return Commitment.objects.visible_to(person).open().prefetch_related("outcomes")


def _ended_of(person: User, last: Commitment | None) -> Found:
    at, pk = (last.made_at, last.pk) if last else (timezone.now(), 0)
    rows = _ended_before(person, at, pk)
    older = f"?before={rows[A_PAGE - 1].pk}" if len(rows) > A_PAGE else ""
    newest = reverse("communities:commitments.index") if last else ""
    return Found(rows[:A_PAGE], older, newest)


@prepared
def _ended_before(person: User, at: datetime, pk: int) -> QuerySet[Commitment]:
    ended = Commitment.objects.visible_to(person).ended().made_before(at, pk)
    return ended.prefetch_related("outcomes")[: A_PAGE + 1]


@access.signed_in
def new(request: Request) -> HttpResponse:
    """`?session=7` names the session that it is taken in; one I don't come to is left out."""
    session = _session_asked_for(request)
    form = (PromiseForm if session else CommitmentForm)(request.POST or None)
    if form.is_valid():
        if session:
            shown = not form.cleaned_data.pop("only_me")
            session.promise(person=request.user, shown=shown, **form.cleaned_data)
            if "meeting" in request.GET:
                return redirect("communities:meetings.show", session.pk)
            return redirect(session)
        Commitment.make(person=request.user, **form.cleaned_data)
        return redirect("communities:commitments.index")
    return page(request, "communities/commitments/new.html", {"form": form, "session": session})


@access.record(Commitment, "visible_to")
def edit(request: Request, commitment: Commitment) -> HttpResponse:
    form = OutcomeForm(request.POST or None, initial={"kind": request.GET.get("kind")})
    if form.is_valid():
        try:
            commitment.settle(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            if session := _session_asked_for(request):
                return redirect("communities:meetings.show", session.pk)
            return redirect(commitment)  # where it can be taken back, and followed up
    outcomes = list(commitment.outcomes.all())
    context = {
        "form": form,
        "commitment": commitment,
        "outcomes": outcomes,
        "over": any(outcome.kind in FINAL for outcome in outcomes),
        "today": timezone.localdate(),
        "ways_on": ways_on_from(commitment),
    }
    return page(request, "communities/commitments/edit.html", context)


def _session_asked_for(request: Request) -> Session | None:
    """The session of `?session=7`, if the person comes to it."""
    asked = request.GET.get("session", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
        return None
    mine = Session.objects.joined_by(request.user).select_related("series__community")
    return mine.filter(pk=asked).first()
