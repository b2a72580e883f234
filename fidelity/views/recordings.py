"""Each recording with its codings: the table behind the codings' charts."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from fidelity.codings import codings_of
from fidelity.models import Recording
from fidelity.models.recording import RecordingQuerySet
from portal import access
from portal.web.page import page

A_PAGE = 25


@access.collection(Recording, "visible_to", "recordings")
def index(request: HttpRequest, recordings: RecordingQuerySet) -> HttpResponse:
    plain = recordings.coded().only("label", "quality")
    shown = Paginator(plain, A_PAGE).get_page(request.GET.get("page"))
    listed = list(shown.object_list)
    codings = codings_of([recording.pk for recording in listed])
    return page(
        request,
        "fidelity/recordings/index.html",
        {
            "page": shown,
            "rows": [(recording, codings.get(recording.pk, [])) for recording in listed],
        },
    )
