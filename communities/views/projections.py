"""The meeting on a wall: large, calm, and nothing that is anybody's own."""

from django.http import HttpResponse
from django.utils import timezone

from communities.codes import code_of
from communities.models import Session, clock_of
from communities.models.turn import may_mark
from communities.room import rounds_in, stamp_of
from communities.views.communities import RUN
from communities.views.meetings import SELECT
from portal import access
from portal.people.requests import Request
from portal.web.page import asks_for_fragment, page


@access.record(Session, "hosted_by", visible="visible_to", why=RUN, select=SELECT)
def show(request: Request, session: Session) -> HttpResponse:
    at = timezone.now()
    stamp = stamp_of(session, at) if may_mark(session, at) else ""
    if stamp and asks_for_fragment(request) and request.GET.get("seen") == stamp:
        return HttpResponse(status=204)
    context = {
        "session": session,
        "stamp": stamp,
        "clock": clock_of(session, at),
        "may_mark": may_mark(session, at),
        "code": code_of(session.pk, at),
        "here": session.attendances.came().count(),
        "rounds": rounds_in(session),
    }
    return page(
        request,
        "communities/projections/show.html",
        context,
        fragment="communities/projections/_wall.html",
    )
