"""Publishing a draft: from then on it stays as it is, and reviews may use it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fidelity.access import draft
from fidelity.building.changes import changes_since
from fidelity.models import CannotPublish, Version
from fidelity.models.readiness import problems_of
from portal.people.models import User
from portal.web.page import page


@draft
def new(request: HttpRequest, version: Version) -> HttpResponse:
    if request.method == "POST":
        assert isinstance(request.user, User)
        try:
            version.publish(by=request.user)
        except CannotPublish as why:
            messages.warning(request, str(why))
            return redirect("fidelity:versions.edit", version.pk)
        messages.success(request, _("Published: reviews may be started with it now."))
        return redirect(version.instrument)
    before = version.instrument.versions.published().order_by("number").last()
    return page(
        request,
        "fidelity/publications/new.html",
        {
            "version": version,
            "before": before,
            "changes": changes_since(before, version) if before else [],
            "problems": problems_of(version),
        },
    )
