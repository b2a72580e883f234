"""Showing someone the review of their practice, with words of one's own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fidelity.forms import FeedbackForm
from fidelity.goals import current_goal
from fidelity.models import Feedback, Review
from fidelity.results import scores_of
from portal import access
from portal.people.models import User
from portal.web.page import page


@access.record(
    Review,
    "releasable_by",
    visible="visible_to",
    why=gettext_lazy(
        "A submitted review can be released once, by its reviewer or by whoever "
        "supervises or coaches the person it is about."
    ),
    select=("version__instrument", "subject"),
)
def new(request: HttpRequest, review: Review) -> HttpResponse:
    assert isinstance(request.user, User)
    form = FeedbackForm(request.POST or None)
    if form.is_valid():
        Feedback.objects.release(review, by=request.user, **form.cleaned_data)
        messages.success(request, _("%(person)s can read it now.") % {"person": review.subject})
        return redirect("fidelity:reviews.show", pk=review.pk)
    return page(
        request,
        "fidelity/releases/new.html",
        {
            "review": review,
            "form": form,
            "scores": scores_of(review),
            "goal": current_goal(review.subject_id, review.agency_id),
        },
    )
