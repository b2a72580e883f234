"""A shipped instrument as an agency's own, to be changed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from fidelity.access import BUILDERS
from fidelity.building.forms import CopyForm
from fidelity.building.revisions import own_copy
from fidelity.models import Instrument
from fidelity.models.recording import READERS
from portal import access
from portal.agencies.access import agencies_of
from portal.agencies.models import Agency
from portal.people.models import User
from portal.web.page import page


@access.record(Instrument, "copied_by", visible="visible_to", why=BUILDERS)
def new(request: HttpRequest, instrument: Instrument) -> HttpResponse:
    assert isinstance(request.user, User)
    agency = Agency.objects.get(pk=agencies_of(request.user, *READERS)[0])
    form = CopyForm(request.POST or None, initial={"name": instrument.name})
    if form.is_valid():
        draft = own_copy(instrument, by=request.user, agency=agency, name=form.cleaned_data["name"])
        return redirect("fidelity:versions.edit", draft.pk)
    context = {"form": form, "instrument": instrument, "agency": agency}
    return page(request, "fidelity/copies/new.html", context)
