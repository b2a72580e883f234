"""My whole journal as a file, for me alone."""

from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from portal import access
from portal.people.requests import Request
from portal.web.page import page
from reflections.exports import FORMATS, export
from reflections.exports.journal import LEFT_OUT


@access.signed_in
def new(request: Request) -> HttpResponseBase:
    """By POST: that it was taken is recorded, its words are not."""
    if request.method != "POST":
        return page(request, "reflections/exports/new.html", {"left_out": LEFT_OUT})
    chosen = FORMATS.get(request.POST.get("format", ""))
    if chosen is None:
        raise Http404
    at = timezone.now()
    response = StreamingHttpResponse(
        export(request.user, chosen, at=at), content_type=chosen.content_type
    )
    name = f"journal-{timezone.localdate(at)}.{chosen.ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
