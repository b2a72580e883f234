"""One session as a file for any calendar."""

from django.conf import settings
from django.http import HttpResponse

from communities.calendar import Document, alone, meetings_of
from communities.models import Session
from portal import access
from portal.people.requests import Request


@access.record(Session, "visible_to", select=("series__community",))
def show(request: Request, session: Session) -> HttpResponse:
    [meeting] = meetings_of(Session.objects.filter(pk=session.pk))[session.series_id]
    entry = alone(session.series, meeting, address=settings.PUBLIC_URL, host=settings.PUBLIC_HOST)
    body = Document([entry]).written()
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="session-{session.original_day}.ics"'
    response["Cache-Control"] = "private, no-store"
    return response
