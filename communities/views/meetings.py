"""The meeting: one page for the host's laptop and everybody's phone.

It asks for its moving part every few seconds (`_live.html`); while nothing has changed the answer
is 204, and costs no rendering. Polling, because a thread that holds a stream open is one of eight
(docs/decisions/0013).
"""

import uuid
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from communities.codes import code_of
from communities.forms.meetings import FocusForm, NotesForm, PromiseForm
from communities.models import NotesVersion, Session, clock_of, notes_of
from communities.models.turn import OVER, is_open, may_mark, may_run, opens_at
from communities.room import (
    carried_to,
    comes_back_on,
    roll_of,
    rounds_in,
    shown_in,
    stamp_of,
)
from portal import access
from portal.people.requests import Request
from portal.web.page import asks_for_fragment, page

SELECT = ("series__community", "cancellation")
IN_ROOM = access.record(Session, "visible_to", select=SELECT)


@IN_ROOM
def show(request: Request, session: Session) -> HttpResponse:
    at = timezone.now()
    live = asks_for_fragment(request)
    stamp = stamp_of(session, at) if may_mark(session, at) else ""  # asked for no longer than that
    if live and stamp and request.GET.get("seen") == stamp:
        return HttpResponse(status=204)
    context = _moving(request, session, at) | {"stamp": stamp}
    if not live:
        context |= _standing(request, session, context)
    return page(
        request,
        "communities/meetings/show.html",
        context,
        fragment="communities/meetings/_live.html",
    )


def _moving(request: Request, session: Session, at: datetime) -> dict[str, Any]:
    """What changes while people look at it."""
    roll = roll_of(session)
    mine = next((row for row in roll if row["person"].pk == request.user.pk), None)
    runs = session.is_hosted_by(request.user)
    return {
        "session": session,
        "runs": runs,
        "clock": clock_of(session, at),
        "over": OVER,
        "is_open": is_open(session, at),
        "opens_at": opens_at(session),
        "may_run": runs and may_run(session, at),
        "may_mark": may_mark(session, at),
        "code": code_of(session.pk, at) if runs else "",
        "roll": roll,
        "here": sum(1 for row in roll if row["came"]),
        "mine": mine,
        "notes": notes_of(session),
        "rounds": rounds_in(session),
        "takings": shown_in(session, request.user),
    }


def _standing(request: Request, session: Session, moving: dict[str, Any]) -> dict[str, Any]:
    """What people write in: nothing may change it under their hands. A form that the page doesn't
    show isn't made."""
    standing = not session.is_cancelled
    back_on = comes_back_on(session)
    return {
        "focus_form": _focus_form(session) if moving["runs"] and standing else None,
        "notes_form": _notes_form(moving["notes"]) if moving["is_open"] else None,
        "promise_form": _promise_form(back_on) if moving["mine"] and standing else None,
        "back_on": back_on,
        "carried": carried_to(session, request.user),
        "today": timezone.localdate(),
    }


def _focus_form(session: Session) -> FocusForm:
    return FocusForm(initial=FocusForm.of(session), auto_id="focus_%s")


def _notes_form(notes: NotesVersion | None) -> NotesForm:
    started = {"text": notes.text, "version": notes.number} if notes else {"version": 0}
    return NotesForm(initial=started | {"page": uuid.uuid4().hex}, auto_id="notes_%s")


def _promise_form(back_on: date) -> PromiseForm:
    return PromiseForm(initial={"due_on": back_on}, auto_id="promise_%s")
