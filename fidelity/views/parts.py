"""Sections, scales, items and measures of a draft: adding one, changing it, taking it out."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from fidelity.access import PARTS, draft, frozen, part_of_draft
from fidelity.building.forms import ItemForm, MeasureForm, PartForm, ScaleForm, SectionForm
from fidelity.building.parts import StillNeeded, needing
from fidelity.building.parts import remove as take_out
from fidelity.models import Item, Measure, Scale, Section, Version
from fidelity.models.instrument import Frozen
from portal.web.page import page

FORMS: dict[Any, type[PartForm]] = {
    Section: SectionForm,
    Scale: ScaleForm,
    Item: ItemForm,
    Measure: MeasureForm,
}


@draft
def new(request: HttpRequest, version: Version, kind: str) -> HttpResponse:
    """`?section=`: the section that an item is added to."""
    if kind not in PARTS:
        raise Http404
    return _edited(request, version, PARTS[kind], None)


@part_of_draft
def edit(request: HttpRequest, version: Version, part: Any) -> HttpResponse:
    return _edited(request, version, type(part), part)


@part_of_draft
def remove(request: HttpRequest, version: Version, part: Any) -> HttpResponse:
    needed: list[Any] = []
    if request.method == "POST":
        try:
            with version.changing():
                take_out(part)
        except Frozen:
            return frozen(request, version)
        except StillNeeded as still:
            needed = still.by
        else:
            messages.success(request, _("It is taken out."))
            return redirect("fidelity:versions.edit", version.pk)
    elif isinstance(part, Item):
        needed = list(needing(part))
    elif isinstance(part, Scale):
        needed = list(part.items.all())
    context = {
        "version": version,
        "part": part,
        "kind": type(part)._meta.model_name,
        "needed": needed,
        "needed_kind": "item" if isinstance(part, Scale) else "measure",
    }
    status = 409 if needed and request.method == "POST" else None
    return page(request, "fidelity/parts/remove.html", context, status=status)


def _edited(request: HttpRequest, version: Version, model: Any, part: Any) -> HttpResponse:
    kind = model._meta.model_name
    form_class = FORMS[model]
    more: dict[str, Any] = {}
    if model is Scale:
        more["rows"] = _rows(request)
    if "more" in request.POST:  # another row for a level: nothing is saved yet
        form = form_class(initial=request.POST.dict(), version=version, part=part, **more)
        return _shown(request, form, version, kind, part)
    if request.method == "POST":
        try:
            with version.changing():
                form = form_class(request.POST, version=version, part=part, **more)
                if form.is_valid():
                    saved = form.save()  # type: ignore[attr-defined]  # each of the four has it
                    return _onward(request, version, kind, saved)
        except Frozen:
            return frozen(request, version)
    else:
        initial = {"section": request.GET.get("section", "")} if part is None else {}
        form = form_class(initial=initial, version=version, part=part, **more)
    return _shown(request, form, version, kind, part)


def _rows(request: HttpRequest) -> int:
    """How many rows the form of a scale had, and five more where they were asked for."""
    had = sum(name.startswith("value-") for name in request.POST)
    return had + 5 if "more" in request.POST else had


def _onward(request: HttpRequest, version: Version, kind: str, saved: Any) -> HttpResponse:
    if "another" in request.POST:
        messages.success(request, _("Added. Here is the next one."))
        there = reverse("fidelity:parts.new", args=[version.pk, kind])
        section = getattr(saved, "section_id", None)
        return redirect(f"{there}?section={section}" if section else there)
    there = reverse("fidelity:versions.edit", args=[version.pk])
    return redirect(f"{there}#{kind}-{saved.pk}")


def _shown(
    request: HttpRequest, form: PartForm, version: Version, kind: str, part: Any
) -> HttpResponse:
    template = "fidelity/parts/edit.html" if part else "fidelity/parts/new.html"
    context = {"form": form, "version": version, "kind": kind, "part": part}
    return page(request, template, context)
