"""Agreeing to a goal that the other of the two proposed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fidelity.models import FocusGoal, NotOpen
from fidelity.views.goals import NAMES
from portal import access
from portal.people.models import User
from portal.web.page import page


@access.record(
    FocusGoal,
    "agreeable_by",
    "goal",
    visible="visible_to",
    why=gettext_lazy("A proposal waits for the other person to agree."),
    select=NAMES,
)
def new(request: HttpRequest, goal: FocusGoal) -> HttpResponse:
    assert isinstance(request.user, User)
    seen = goal.proposed_at.isoformat()
    if request.method == "POST":
        try:
            if request.POST.get("seen", seen) != seen:  # changed since the page was opened
                raise NotOpen
            goal.agree(by=request.user)
        except NotOpen:
            messages.warning(request, _("This was changed meanwhile. Read it again."))
        else:
            messages.success(request, _("Agreed. Whoever reviews them next sees it."))
        return redirect(goal)
    return page(request, "fidelity/agreements/new.html", {"goal": goal, "seen": seen})
