"""Expert codings of recordings: good and poor practice apart, on each measure."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from fidelity.codings import coded, coded_by_many, panels
from fidelity.models import Recording
from portal import access
from portal.web.page import page


@access.collection(Recording, "visible_to", "recordings")
def index(request: HttpRequest, recordings: QuerySet[Recording]) -> HttpResponse:
    scores = coded(recordings)
    return page(
        request,
        "fidelity/codings/index.html",
        {
            "panels": panels(scores),
            "coded_by_many": coded_by_many(scores),
            "origins": sorted({score.origin for score in scores}),
        },
    )
