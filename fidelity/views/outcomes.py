"""What became of a focus goal."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fidelity.goal_forms import OutcomeForm
from fidelity.models import FocusGoal, NotOpen
from fidelity.views.goals import NAMES
from portal import access
from portal.people.models import User
from portal.web.page import page


@access.record(
    FocusGoal,
    "settleable_by",
    "goal",
    visible="visible_to",
    why=gettext_lazy("What became of a goal is said once both agreed, and until it ends."),
    select=NAMES,
)
def new(request: HttpRequest, goal: FocusGoal) -> HttpResponse:
    assert isinstance(request.user, User)
    form = OutcomeForm(request.POST or None)
    if form.is_valid():
        try:
            goal.settle(by=request.user, **form.cleaned_data)
        except NotOpen:
            messages.warning(request, _("Meanwhile someone said what became of this goal."))
        else:
            messages.success(request, _("That is kept with the goal."))
        return redirect(goal)
    return page(request, "fidelity/outcomes/new.html", {"goal": goal, "form": form})
