"""The clock of a tally pad, without script."""

from django.http import HttpResponse
from django.shortcuts import redirect

from fidelity.access import own_draft
from fidelity.models import AlreadySubmitted, Clock, Review
from portal.people.requests import Request


@own_draft
def edit(request: Request, review: Review) -> HttpResponse:
    if request.method == "POST":
        try:
            Clock.objects.turn(review, runs=request.POST.get("runs") == "1")
        except AlreadySubmitted:
            return redirect("fidelity:reviews.show", pk=review.pk)
    return redirect("fidelity:tallies.index", pk=review.pk)
