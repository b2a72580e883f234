"""An agency's policy: its calendar, the second factor, and what supervisors see."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.agencies.access import administers
from portal.agencies.forms import PolicyForm
from portal.agencies.models import Agency
from portal.audit.events import record
from portal.people.requests import Request
from portal.web.page import page


@administers
def edit(request: Request, agency: Agency) -> HttpResponse:
    form = PolicyForm(request.POST or None, instance=agency)
    if form.is_valid():
        with transaction.atomic():
            if form.has_changed():
                agency.save(update_fields=form.changed_data)
                record("agency.policy_changed", on=agency, by=request.user, agency=agency)
        messages.success(request, _("Saved."))
        return redirect("agencies:policies.edit", agency.pk)
    return page(request, "agencies/policies/edit.html", {"agency": agency, "form": form})
