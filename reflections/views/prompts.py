"""Choosing other prompts for a page; what was typed goes along."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.agencies.access import agencies_of
from portal.agencies.models import Role
from portal.people.requests import Request
from portal.web.page import page
from reflections.access import own_page
from reflections.forms import WritingForm
from reflections.models import Conflict, Reflection
from reflections.models.answers import TooLong, has_words
from reflections.pages import blank_page, choices_for, sets_for
from reflections.views import reflections as writing


@own_page
def edit(request: Request, reflection: Reflection) -> HttpResponse:
    """POST from the writing page saves what is typed and shows the sets; with `to`, a set is
    chosen. A page that nothing is written on is begun with it instead."""
    if reflection.is_kept:
        messages.info(request, _("An entry keeps the prompts it was written with."))
        return redirect("reflections:reflections.edit", reflection.key)
    if request.method == "POST":
        return _chosen(request, reflection) if "to" in request.POST else _saved(request, reflection)
    if blank_page(request, reflection):
        return redirect("reflections:reflections.new")
    context = {
        "reflection": reflection,
        "sets": choices_for(request.user),
        "agencies": agencies_of(request.user, Role.ADMIN),
    }
    return page(request, "reflections/prompts/edit.html", context)


def _saved(request: Request, reflection: Reflection) -> HttpResponse:
    here = redirect("reflections:prompts.edit", reflection.key)
    if blank_page(request, reflection):
        return redirect("reflections:reflections.new")
    form = WritingForm(reflection, request.POST)
    if form.is_valid():
        if reflection.pk is None and not has_words(form.typed()):
            return here
        try:
            form.save_draft()
        except Conflict:
            return writing.edit(request, reflection)
        return here
    return writing.edit(request, reflection)


def _chosen(request: Request, reflection: Reflection) -> HttpResponse:
    chosen = next(
        (each for each in sets_for(request.user) if str(each.pk) == request.POST["to"]), None
    )
    writing_page = reverse("reflections:reflections.edit", args=[reflection.key])
    if chosen is None:
        messages.error(request, _("These prompts are not offered any more. Choose others."))
        return redirect("reflections:prompts.edit", reflection.key)
    if reflection.pk is None:
        return redirect(f"{writing_page}?prompts={chosen.pk}")
    try:
        reflection.ask_instead(chosen)
    except TooLong:
        words = _("There is more written than these boxes can hold. It stays as it is.")
        messages.error(request, words)
    except (Conflict, ValidationError):
        messages.error(request, _("It was changed somewhere else just now. Choose once more."))
        return redirect("reflections:prompts.edit", reflection.key)
    return redirect(writing_page)
