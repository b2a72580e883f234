"""An agency's policy: its calendar and place, the second factor, and what supervisors see."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.agencies.access import administers
from portal.agencies.forms import PolicyForm
from portal.agencies.models import Agency
from portal.people.requests import Request
from portal.web.page import page


@administers
def edit(request: Request, agency: Agency) -> HttpResponse:
    form = PolicyForm(request.POST or None, instance=agency, country=request.GET.get("country"))
    if form.is_valid():
        agency.change_policy(form.changed_data, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("agencies:policies.edit", agency.pk)
    return page(request, "agencies/policies/edit.html", {"agency": agency, "form": form})
