"""Where a part stands in its draft: one step up or down."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fidelity.access import frozen, part_of_draft
from fidelity.building.pages import draft_of
from fidelity.building.parts import move
from fidelity.models import Scale, Version
from fidelity.models.instrument import Frozen
from portal.web.page import asks_for_fragment, page


@part_of_draft
def edit(request: HttpRequest, version: Version, part: Any) -> HttpResponse:
    """POST with `up` moves it up, without it down; scales have no order. htmx gets the builder."""
    there = reverse("fidelity:versions.edit", args=[version.pk])
    if request.method != "POST" or isinstance(part, Scale):
        return redirect(there)
    try:
        with version.changing():
            move(part, up="up" in request.POST)
    except Frozen:
        return frozen(request, version)
    if asks_for_fragment(request):
        return page(
            request,
            "fidelity/versions/edit.html",
            {"draft": draft_of(version)},
            fragment="fidelity/versions/_builder.html",
        )
    return redirect(f"{there}#{part._meta.model_name}-{part.pk}")
