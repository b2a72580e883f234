"""Going back to an earlier version."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal import access
from portal.people.requests import Request
from reflections.models import Conflict, Version


@access.record(Version, "by", select=("reflection__author",))
def new(request: Request, version: Version) -> HttpResponse:
    """Only POST goes back; asked for, it leads to the version."""
    if request.method != "POST":
        return redirect("reflections:versions.show", version.pk)
    entry = version.reflection
    try:
        entry.go_back_to(version)
    except Conflict:
        messages.error(request, _("It was changed somewhere else just now. Try once more."))
        return redirect("reflections:versions.show", version.pk)
    messages.success(
        request, _("It is back to what it said then. What it said until now is here, too.")
    )
    return redirect("reflections:versions.index", entry.key)
