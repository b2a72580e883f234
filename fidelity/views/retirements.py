"""Retiring a published version: no new reviews with it; those that there are stay."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fidelity.access import building_version
from fidelity.models import Version
from portal.people.models import User
from portal.web.page import page


@building_version
def new(request: HttpRequest, version: Version) -> HttpResponse:
    if version.state != "published":
        return redirect(version)
    if request.method == "POST":
        assert isinstance(request.user, User)
        version.retire(by=request.user)
        messages.success(request, _("Retired: no new reviews are started with it."))
        return redirect(version.instrument)
    return page(request, "fidelity/retirements/new.html", {"version": version})
