"""How far outside annotators agree on what was said, code by code."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from fidelity.models import Recording
from portal import access
from portal.web.page import page


@access.collection(Recording, "visible_to", "recordings")
def index(request: HttpRequest, recordings: QuerySet[Recording]) -> HttpResponse:
    from fidelity.utterances import tables  # reads numpy, which nobody else should wait for

    return page(request, "fidelity/utterances/index.html", {"tables": tables(recordings)})
