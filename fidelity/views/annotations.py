"""Notes on an agency's charts: what happened when."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fidelity.annotation_forms import AnnotationForm
from fidelity.models import Annotation
from fidelity.models.recording import READERS
from portal import access
from portal.agencies.access import agencies_of, holds
from portal.people.models import User
from portal.web.page import page


@holds(*READERS)
def new(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    note = Annotation(agency_id=agencies_of(request.user, *READERS)[0], by=request.user)
    form = AnnotationForm(request.POST or None, instance=note)
    if form.is_valid():
        form.save()
        messages.success(request, _("The note is on your agency's charts."))
        return redirect("fidelity:drifts.index")
    return page(request, "fidelity/annotations/new.html", {"form": form})


@access.record(
    Annotation,
    "removable_by",
    visible="visible_to",
    why=gettext_lazy("A note is taken off by whoever wrote it, or by an admin."),
)
def remove(request: HttpRequest, annotation: Annotation) -> HttpResponse:
    if request.method == "POST":
        annotation.delete()
        messages.success(request, _("The note is gone."))
        return redirect("fidelity:drifts.index")
    return page(request, "fidelity/annotations/remove.html", {"annotation": annotation})
