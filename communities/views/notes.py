"""A session's shared notes. For a page's script JSON: {version, text, saved_at, author}, and 422
{errors}; without script a plain form."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from communities.forms.meetings import NotesForm
from communities.models import NotesVersion, Session, notes_of, save_notes
from communities.models.turn import is_open
from communities.views.meetings import IN_ROOM
from portal.people.requests import Request
from portal.web.page import page


@IN_ROOM
def edit(request: Request, session: Session) -> HttpResponse:
    by_script = request.headers.get("Accept") == "application/json"
    form = NotesForm(request.POST or None, initial=_as_they_stand(session), auto_id="notes_%s")
    if request.method != "POST":
        if by_script:
            return JsonResponse(_told(notes_of(session)))
        return page(request, "communities/notes/edit.html", {"form": form, "session": session})
    if form.is_valid():
        given = form.cleaned_data
        try:
            saved = save_notes(
                session, given["text"], base=given["version"], page=given["page"], by=request.user
            )
        except ValidationError as refusal:
            form.add_error("text", refusal)
        else:
            if by_script:
                return JsonResponse(_told(saved))
            if saved.text != given["text"].replace("\r\n", "\n"):
                messages.info(request, _("Somebody else wrote too. What both wrote is there."))
            return redirect("communities:meetings.show", session.pk)
    if by_script:
        return JsonResponse({"errors": form.errors}, status=422)
    return page(request, "communities/notes/edit.html", {"form": form, "session": session})


@IN_ROOM
def index(request: Request, session: Session) -> HttpResponse:
    sittings = session.notes_versions.all().sittings()
    context = {"session": session, "sittings": sittings, "is_open": is_open(session)}
    return page(request, "communities/notes/index.html", context)


@IN_ROOM
def show(request: Request, session: Session, number: int) -> HttpResponse:
    versions = session.notes_versions.select_related("author")
    version = get_object_or_404(versions, number=number)
    return page(request, "communities/notes/show.html", {"session": session, "version": version})


def _as_they_stand(session: Session) -> dict[str, object]:
    notes = notes_of(session)
    begun = {"text": notes.text, "version": notes.number} if notes else {"version": 0}
    return begun | {"page": uuid.uuid4().hex}


def _told(notes: NotesVersion | None) -> dict[str, object]:
    if notes is None or notes.number == 0:
        return {"version": 0, "text": "", "saved_at": None}
    saved_at = notes.at.isoformat(timespec="milliseconds")
    return {"version": notes.number, "text": notes.text, "saved_at": saved_at}
