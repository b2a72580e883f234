"""Instruments as files: one to take away, and one to bring."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fidelity.building.document import CannotImport, document_of, read, written
from fidelity.building.forms import DocumentForm
from fidelity.building.revisions import from_document, version_from_document
from fidelity.models import Version
from fidelity.models.instrument import HasDraft
from fidelity.models.recording import READERS
from portal import access
from portal.agencies.access import agencies_of, holds
from portal.agencies.models import Agency
from portal.people.models import User
from portal.web.page import page

SHOWN = 20  # faults, before only their number is said


@access.record(Version, "visible_to", select=("instrument",))
def show(request: HttpRequest, version: Version) -> HttpResponse:
    response = HttpResponse(written(document_of(version)), content_type="application/json")
    name = f"{version.instrument.slug}-{version.number}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    return response


@holds(*READERS)
def new(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    agency = Agency.objects.get(pk=agencies_of(request.user, *READERS)[0])
    form = DocumentForm(request.POST or None, request.FILES or None, by=request.user)
    if form.is_valid():
        try:
            document = read(form.cleaned_data["file"].read())
            chosen = form.cleaned_data["instrument"]
            if chosen:
                draft = version_from_document(chosen, document, by=request.user)
            else:
                draft = from_document(document, by=request.user, agency=agency)
        except CannotImport as why:
            for fault in why.faults[:SHOWN]:
                form.add_error("file", str(fault))
            if len(why.faults) > SHOWN:
                more = _("And %(n)s more.") % {"n": len(why.faults) - SHOWN}
                form.add_error("file", more)
        except HasDraft:
            form.add_error("instrument", _("Publish its draft first, or throw that away."))
        else:
            messages.success(request, _("Imported as a draft. Look it over, then publish it."))
            return redirect("fidelity:versions.edit", draft.pk)
    return page(request, "fidelity/documents/new.html", {"form": form, "agency": agency})
