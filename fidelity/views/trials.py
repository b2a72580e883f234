"""Beginning a trial: from then on its prediction stays."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fidelity.models import Experiment
from fidelity.views.experiments import NAMES, WHY
from portal import access
from portal.people.models import User
from portal.web.page import page


@access.record(Experiment, "editable_by", visible="visible_to", why=WHY, select=NAMES)
def new(request: HttpRequest, experiment: Experiment) -> HttpResponse:
    assert isinstance(request.user, User)
    if request.method == "POST":
        experiment.begin(by=request.user)
        messages.success(request, _("The trial has begun. What you expect stays as you wrote it."))
        return redirect(experiment)
    return page(request, "fidelity/trials/new.html", {"experiment": experiment})
