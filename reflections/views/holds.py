"""Legal holds: placed and ended by admins."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal import access
from portal.agencies.access import administers
from portal.agencies.models import Agency
from portal.people.requests import Request
from portal.web.page import page
from reflections.keeping_forms import HoldForm
from reflections.models import Hold


@administers
def new(request: Request, agency: Agency) -> HttpResponse:
    form = HoldForm(agency, request.POST or None)
    if form.is_valid():
        since, until = form.span
        chosen = form.cleaned_data
        try:
            Hold.objects.place(
                chosen["person"], agency, reason=chosen["reason"], by=request.user,
                since=since, until=until,
            )  # fmt: skip
        except ValidationError as wrong:
            form.add_error(None, wrong.messages)
        else:
            messages.success(request, _("The journal is held. Its author sees that in it."))
            return redirect("reflections:retentions.edit", agency.pk)
    return page(request, "reflections/holds/new.html", {"agency": agency, "form": form})


@access.record(Hold, "administered_by", select=("agency", "person"))
def remove(request: Request, hold: Hold) -> HttpResponse:
    """End it now. That it was stays on record."""
    if request.method == "POST":
        hold.end(by=request.user)
        messages.success(request, _("Ended."))
        return redirect("reflections:retentions.edit", hold.agency_id)
    return page(request, "reflections/holds/remove.html", {"agency": hold.agency, "hold": hold})
