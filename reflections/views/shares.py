"""Letting others read an entry, and taking it back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import access
from portal.people.requests import Request
from portal.web.page import page
from reflections.models import Reflection, Share
from reflections.models.sharing import KEEP_FIRST
from reflections.readers import Audience, choices_for, readers_of
from reflections.rewording import RewordingForm


@access.record(
    Reflection,
    "by",
    key="key",
    visible="visible_to",
    why=gettext_lazy("Only the author decides who reads a reflection."),
    select=("question",),
)
def new(request: Request, reflection: Reflection) -> HttpResponse:
    if not reflection.is_kept:
        messages.info(request, KEEP_FIRST)
        return redirect("reflections:reflections.edit", reflection.key)
    readers = readers_of(reflection)
    choices = choices_for(request.user, readers)
    problem = ""
    if request.method == "POST":
        chosen = next((each for each in choices if each.value == request.POST.get("with")), None)
        problem = _share(request, reflection, chosen)
        if not problem:
            return redirect(reflection)
    context = {
        "reflection": reflection,
        "choices": choices,
        "readers": readers,
        "problem": problem,
        "form": RewordingForm(reflection, request.user),
    }
    return page(request, "reflections/shares/new.html", context, status=422 if problem else None)


@access.record(Share, "by", select=("reflection", "person", "community"))
def remove(request: Request, share: Share) -> HttpResponse:
    entry = share.reflection
    if request.method == "POST":
        reader = share.reader
        entry.withdraw_from(reader, by=request.user)
        messages.success(request, _("%(reader)s cannot read it any more.") % {"reader": reader})
        return redirect(entry)
    audience = next(
        (each for each in readers_of(entry) if each.share and each.share.pk == share.pk), None
    )
    context = {"share": share, "reflection": entry, "audience": audience}
    return page(request, "reflections/shares/remove.html", context)


def _share(request: Request, reflection: Reflection, chosen: Audience | None) -> str:
    """Share it; words about what is wrong, or ""."""
    if chosen is None:
        return _("Choose one of the readers listed here.")
    try:
        reflection.share_with(chosen.reader(), by=request.user)
    except ValidationError as error:  # they left between the page and the button
        return str(error.messages[0])
    words = _("Shared with %(readers)s. You can take it back at any time.")
    messages.success(request, words % {"readers": chosen.words})
    return ""
