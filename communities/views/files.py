"""The bytes of a resource, for those who may see it: to keep, never to show or run here."""

from django.http import FileResponse, Http404

from communities.models import Resource
from portal import access
from portal.people.requests import Request


@access.record(Resource, "files_for")
def show(request: Request, resource: Resource) -> FileResponse:
    try:
        content = resource.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    # Packed already, most of them; and a length tells how long a download takes.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    answer = FileResponse(
        content,
        as_attachment=True,
        filename=resource.file_name,
        content_type=resource.content_type,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
