"""Giving an assignment back: the reviewer is involved with the person or the case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fidelity.models import Review
from portal import access
from portal.people.models import User
from portal.web.page import page


@access.record(
    Review, "assigned_to", select=("version__instrument", "subject", "plan__agency", "agency")
)
def new(request: HttpRequest, review: Review) -> HttpResponse:
    assert isinstance(request.user, User)
    if request.method == "POST":
        assert review.plan is not None  # the queryset sees to it
        again = review.plan.recuse(review, by=request.user)
        messages.success(
            request,
            _("Given back. Somebody else has it now.")
            if again
            else _("Given back. Nobody else is left for it, and whoever made the plan sees that."),
        )
        return redirect("fidelity:reviews.index")
    return page(request, "fidelity/recusals/new.html", {"review": review})
