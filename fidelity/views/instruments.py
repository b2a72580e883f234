"""What practice is reviewed with: what there is, and an agency's own from the start."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fidelity.access import building
from fidelity.building.forms import InstrumentForm
from fidelity.building.pages import context_of, listed
from fidelity.models import Instrument
from fidelity.models.instrument import Frozen, InstrumentQuerySet
from fidelity.models.recording import READERS
from portal import access
from portal.agencies.access import agencies_of, holds
from portal.agencies.models import Agency
from portal.people.models import User
from portal.web.page import page


@access.collection(Instrument, "visible_to", "instruments")
def index(request: HttpRequest, instruments: InstrumentQuerySet) -> HttpResponse:
    assert isinstance(request.user, User)
    builds = agencies_of(request.user, *READERS)
    context = {"instruments": listed(instruments, builds), "can_build": bool(builds)}
    return page(request, "fidelity/instruments/index.html", context)


@access.record(Instrument, "visible_to", select=("agency",))
def show(request: HttpRequest, instrument: Instrument) -> HttpResponse:
    assert isinstance(request.user, User)
    version = instrument.versions.published().order_by("-number").first()
    context = context_of(instrument, version, request.user)
    return page(request, "fidelity/instruments/show.html", context)


@holds(*READERS)
def new(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    agency = Agency.objects.get(pk=agencies_of(request.user, *READERS)[0])
    form = InstrumentForm(request.POST or None)
    if form.is_valid():
        draft = Instrument.objects.begin(by=request.user, agency=agency, **form.cleaned_data)
        return redirect("fidelity:versions.edit", draft.pk)
    return page(request, "fidelity/instruments/new.html", {"form": form, "agency": agency})


@building
def edit(request: HttpRequest, instrument: Instrument) -> HttpResponse:
    """Its name, what it is for, and what a review goes by: not part of what a version freezes."""
    form = InstrumentForm(request.POST or None, instance=instrument)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(instrument)
    return page(request, "fidelity/instruments/edit.html", {"form": form, "instrument": instrument})


@building
def remove(request: HttpRequest, instrument: Instrument) -> HttpResponse:
    """One that was never published; another's versions are retired."""
    published = instrument.versions.published().exists()
    if request.method == "POST" and not published:
        assert isinstance(request.user, User)
        try:
            instrument.discard(by=request.user)
        except Frozen:
            return redirect("fidelity:instruments.remove", instrument.pk)
        messages.success(request, _("The instrument is gone."))
        return redirect("fidelity:instruments.index")
    return page(
        request,
        "fidelity/instruments/remove.html",
        {"instrument": instrument, "published": published},
        status=409 if published else None,
    )
