"""An agency's own sets of prompts: its admin makes, revises and withdraws them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import access
from portal.agencies.access import administers
from portal.agencies.models import Agency
from portal.people.requests import Request
from portal.web.page import page
from reflections.models import PromptSet
from reflections.prompt_set_form import PromptSetForm

ADMINS = gettext_lazy("Only the admins of an agency change its own prompts.")


@administers
def index(request: Request, agency: Agency) -> HttpResponse:
    sets = PromptSet.objects.filter(agency=agency).select_related("skill").order_by("name", "pk")
    context = {
        "agency": agency,
        "offered": sets.current().prefetch_related("prompts"),
        "withdrawn": sets.exclude(until=None).order_by("-until")[:50],
    }
    return page(request, "reflections/prompt_sets/index.html", context)


@administers
def new(request: Request, agency: Agency) -> HttpResponse:
    form = PromptSetForm(request.POST or None)
    if form.is_valid():
        key = form.cleaned_data["key"]
        PromptSet.offer(agency, form.questions(), key=key, by=request.user, **form.about())
        messages.success(request, _("Your people can write with it now."))
        return redirect("reflections:prompt_sets.index", agency.pk)
    context = {"agency": agency, "form": form}
    return page(request, "reflections/prompt_sets/new.html", context)


@access.record(
    PromptSet, "administered_by", "prompt_set", visible="ever_offered_to", why=ADMINS,
    select=("agency",),
)  # fmt: skip
def edit(request: Request, prompt_set: PromptSet) -> HttpResponse:
    """What it asks from now on: a new version."""
    form = PromptSetForm(request.POST or None, standing=prompt_set)
    if form.is_valid():
        try:
            prompt_set.revise(form.questions(), by=request.user, **form.about())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Saved. What was written keeps the prompts it has."))
            return redirect("reflections:prompt_sets.index", prompt_set.agency_id)
    context = {"prompt_set": prompt_set, "agency": prompt_set.agency, "form": form}
    return page(request, "reflections/prompt_sets/edit.html", context)


@access.record(
    PromptSet, "administered_by", "prompt_set", visible="ever_offered_to", why=ADMINS,
    select=("agency",),
)  # fmt: skip
def remove(request: Request, prompt_set: PromptSet) -> HttpResponse:
    if request.method == "POST":
        prompt_set.withdraw(by=request.user)
        messages.success(request, _("Withdrawn. Drafts that began with it are finished with it."))
        return redirect("reflections:prompt_sets.index", prompt_set.agency_id)
    context = {"prompt_set": prompt_set, "agency": prompt_set.agency}
    return page(request, "reflections/prompt_sets/remove.html", context)
