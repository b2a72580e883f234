"""What could tell who a family is, and putting other words in its place."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy, ngettext

from portal import access
from portal.people.requests import Request
from portal.web.page import page
from reflections.models import Reflection
from reflections.readers import readers_of
from reflections.rewording import RewordingForm


@access.record(
    Reflection,
    "by",
    key="key",
    visible="visible_to",
    why=gettext_lazy("Only the author can change a reflection."),
    select=("question",),
)
def edit(request: Request, reflection: Reflection) -> HttpResponse:
    form = RewordingForm(reflection, request.user, request.POST or None)
    if form.is_valid():
        try:
            replaced = form.save()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _on(request, reflection, replaced)
    context = {"reflection": reflection, "form": form, "readers": readers_of(reflection)}
    return page(request, "reflections/identifiers/edit.html", context)


def _on(request: Request, reflection: Reflection, replaced: int) -> HttpResponse:
    """Where the author came from: choosing readers, or the entry."""
    if replaced:
        words = ngettext(
            "%(count)d passage is replaced.", "%(count)d passages are replaced.", replaced
        )
        messages.success(request, words % {"count": replaced})
    if "share" in request.POST:
        return redirect("reflections:shares.new", reflection.key)
    return redirect(reflection)
