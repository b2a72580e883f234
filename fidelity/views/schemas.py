"""The JSON Schema of an instrument's file, for whoever makes such files."""

from django.http import HttpRequest, HttpResponse

from fidelity.building.schema import FILE
from portal import access


@access.public
def show(request: HttpRequest) -> HttpResponse:
    return HttpResponse(FILE.read_text(), content_type="application/schema+json")
