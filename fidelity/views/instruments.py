"""What practice is reviewed with."""

from django.http import HttpRequest, HttpResponse

from fidelity.models import Instrument
from fidelity.models.instrument import InstrumentQuerySet
from fidelity.results import with_comparisons
from portal import access
from portal.web.page import page


@access.collection(Instrument, "visible_to", "instruments")
def index(request: HttpRequest, instruments: InstrumentQuerySet) -> HttpResponse:
    return page(
        request,
        "fidelity/instruments/index.html",
        {"instruments": instruments},
    )


@access.record(Instrument, "visible_to")
def show(request: HttpRequest, instrument: Instrument) -> HttpResponse:
    version = instrument.versions.published().order_by("-number").first()
    sheet = version.sheet if version else None
    measures = list(sheet.measures.all()) if sheet else []
    return page(
        request,
        "fidelity/instruments/show.html",
        {
            "instrument": instrument,
            "version": version,
            "items": sheet.items.all() if sheet else [],
            "measures": with_comparisons(measures),
        },
    )
