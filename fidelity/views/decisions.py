"""Adopt, adapt or abandon: the end of a cycle."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from fidelity.experiment_forms import DecisionForm, notes_of
from fidelity.models import Experiment, NotUnderWay
from fidelity.views.experiments import NAMES, WHY
from portal import access
from portal.people.models import User
from portal.web.page import page


@access.record(Experiment, "editable_by", visible="visible_to", why=WHY, select=NAMES)
def new(request: HttpRequest, experiment: Experiment) -> HttpResponse:
    assert isinstance(request.user, User)
    if not experiment.is_under_way:
        messages.warning(request, _("Begin the trial before you decide what to do with it."))
        return redirect(experiment)
    form = DecisionForm(request.POST or None, initial=notes_of(experiment))
    if form.is_valid():
        try:
            experiment.decide(by=request.user, **form.cleaned_data)
        except NotUnderWay:
            messages.warning(request, _("It has ended meanwhile, so this stays as it was written."))
            return redirect(experiment)
        messages.success(request, _("This cycle has ended."))
        if form.cleaned_data["decision"] == Experiment.Decision.ADAPT:
            return redirect(reverse("fidelity:experiments.new") + f"?after={experiment.pk}")
        return redirect(experiment)
    return page(request, "fidelity/decisions/new.html", {"experiment": experiment, "form": form})
