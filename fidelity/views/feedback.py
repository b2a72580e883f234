"""Feedback, read privately by the person it is for."""

from django.http import HttpRequest, HttpResponse

from fidelity.forms import ReplyForm
from fidelity.goals import open_goal
from fidelity.models import Amendment, Feedback
from fidelity.results import scores_of
from portal import access
from portal.people.models import User
from portal.web.page import page


# Writes on GET: when the person it is for first opened it.
@access.record(
    Feedback,
    "visible_to",
    select=("author", "review__version__instrument", "review__subject", "review__agency"),
).writing_on_get()
def show(request: HttpRequest, feedback: Feedback) -> HttpResponse:
    assert isinstance(request.user, User)
    feedback.read(by=request.user)
    review = feedback.review
    assert review.subject_id is not None  # feedback is to somebody
    return page(
        request,
        "fidelity/feedback/show.html",
        {
            "feedback": feedback,
            "amendments": Amendment.objects.of_chain(feedback.review),
            "scores": scores_of(review),
            "goal": open_goal(request.user, review.subject_id, [review.agency_id]),
            "replies": feedback.replies.select_related("author"),
            "form": ReplyForm(),
        },
    )
