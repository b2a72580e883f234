"""Who supervises or coaches whom: begun and ended by admins."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal import access
from portal.agencies.access import administers_person
from portal.agencies.forms import SupervisionForm
from portal.agencies.models import Agency, Supervision
from portal.people.models import User
from portal.people.requests import Request
from portal.web.page import page


@administers_person
def new(request: Request, agency: Agency, person: User) -> HttpResponse:
    """Someone begins to supervise or coach the person, from now on."""
    form = SupervisionForm(agency, person, request.POST or None)
    if form.is_valid():
        try:
            Supervision.objects.begin(
                form.cleaned_data["supervisor"],
                person,
                agency,
                kind=form.cleaned_data["kind"],
                by=request.user,
            )
        except ValidationError as wrong:
            form.add_error(None, wrong.messages)
        else:
            messages.success(request, _("Saved. Both of them are told."))
            return redirect("agencies:people.show", agency.pk, person.pk)
    context = {"agency": agency, "person": person, "form": form}
    return page(request, "agencies/supervisions/new.html", context)


@access.record(Supervision, "administered_by", select=("agency", "supervisor", "supervisee"))
def remove(request: Request, supervision: Supervision) -> HttpResponse:
    """End it now. What was stays on record."""
    if request.method == "POST":
        supervision.end(by=request.user)
        messages.success(request, _("Ended."))
        return redirect("agencies:people.show", supervision.agency_id, supervision.supervisee_id)
    context = {"agency": supervision.agency, "supervision": supervision}
    return page(request, "agencies/supervisions/remove.html", context)
