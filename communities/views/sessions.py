"""One session: when, with whom, on what, and what I took from it."""

from django.http import HttpResponse
from django.shortcuts import redirect

from communities.answers import answers_on
from communities.models import Session, agenda_of, cut_of
from communities.models.turn import is_open
from communities.room import record_of, shown_in, with_outcomes
from communities.scopes import CHANGES, scopes_of
from communities.views.communities import RUN
from portal import access
from portal.people.requests import Request
from portal.web.page import page
from portal.web.templatetags.ui import local_time


@access.record(
    Session,
    "visible_to",
    select=("series__community", "cancellation", "override", "host"),
)
def show(request: Request, session: Session) -> HttpResponse:
    agenda = agenda_of(session)
    runs = session.is_hosted_by(request.user)
    context = {
        "session": session,
        "runs": runs,
        "answers": answers_on(session, request.user, runs=runs),
        "agenda": agenda,
        "total": sum(item.minutes for item in agenda),
        "cut": cut_of(session),
        "takings": with_outcomes(shown_in(session, request.user), request.user),
        "record": record_of(session),
        "is_open": is_open(session),
        "here": local_time(session.starts_at),
        "comes": session.community.is_joined_by(request.user),
    }
    return page(request, "communities/sessions/show.html", context)


@access.record(Session, "hosted_by", visible="visible_to", why=RUN, select=("series__community",))
def edit(request: Request, session: Session) -> HttpResponse:
    """How far should a change reach? Each answer has a page of its own."""
    scope = request.GET.get("scope", "")
    if scope == "this":
        return redirect("communities:moves.new", session.pk)
    if scope == "following":
        return redirect("communities:continuations.new", session.pk)
    if scope == "all":
        return redirect("communities:series.edit", session.series_id)
    context = {"session": session, "scopes": scopes_of(session, CHANGES, "this")}
    return page(request, "communities/sessions/edit.html", context)
