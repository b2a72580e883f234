"""One session: when, with whom, on what, and what I took from it."""

from django.http import HttpResponse

from communities.models import Session, agenda_of
from portal import access
from portal.people.requests import Request
from portal.web.page import page
from portal.web.templatetags.ui import local_time


@access.record(
    Session,
    "visible_to",
    select=("series__community", "cancellation", "host", "focus_skill", "focus_principle"),
)
def show(request: Request, session: Session) -> HttpResponse:
    agenda = agenda_of(session)
    context = {
        "session": session,
        "runs": session.is_hosted_by(request.user),
        "agenda": agenda,
        "total": sum(item.minutes for item in agenda),
        "cut": session.agenda_cuts.first(),
        "commitments": session.commitments.visible_to(request.user).prefetch_related("outcomes"),
        "here": local_time(session.starts_at),
        "comes": session.community.is_joined_by(request.user),
    }
    return page(request, "communities/sessions/show.html", context)
