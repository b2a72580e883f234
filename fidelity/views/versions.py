"""Versions of an instrument: one alone, the next one, a draft in the builder, throwing it away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fidelity.access import building, draft, frozen
from fidelity.building.pages import context_of, draft_of
from fidelity.building.revisions import new_version
from fidelity.models import Instrument, Version
from fidelity.models.instrument import Frozen, HasDraft
from portal import access
from portal.people.models import User
from portal.web.page import page


@access.record(Version, "visible_to", select=("instrument__agency",))
def show(request: HttpRequest, version: Version) -> HttpResponse:
    assert isinstance(request.user, User)
    context = context_of(version.instrument, version, request.user)
    return page(request, "fidelity/instruments/show.html", context)


@building
def new(request: HttpRequest, instrument: Instrument) -> HttpResponse:
    """A draft of the next version, which begins as the latest."""
    last = instrument.versions.order_by("number").last()
    if request.method == "POST":
        assert isinstance(request.user, User)
        try:
            made = new_version(instrument, by=request.user)
        except HasDraft as there:
            messages.info(request, _("The next version was begun already. Here it is."))
            made = there.draft
        return redirect("fidelity:versions.edit", made.pk)
    if last and last.published_at is None:
        return redirect("fidelity:versions.edit", last.pk)
    return page(request, "fidelity/versions/new.html", {"instrument": instrument, "last": last})


@draft
def edit(request: HttpRequest, version: Version) -> HttpResponse:
    """The builder."""
    return page(request, "fidelity/versions/edit.html", {"draft": draft_of(version)})


@draft
def remove(request: HttpRequest, version: Version) -> HttpResponse:
    if request.method == "POST":
        assert isinstance(request.user, User)
        try:
            version.discard(by=request.user)
        except Frozen:
            return frozen(request, version)
        messages.success(request, _("The draft is gone."))
        return redirect(version.instrument)
    return page(request, "fidelity/versions/remove.html", {"version": version})
