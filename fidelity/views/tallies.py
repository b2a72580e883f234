"""The tally pad of an open draft: its page, what it sends, and taking a press back."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string

from fidelity.access import own_draft, submitted_elsewhere, wants_json
from fidelity.models import AlreadySubmitted, Clock, Reading, Review, Tally
from fidelity.pad import counts_so_far, pad_of, scores_so_far
from fidelity.tally_forms import BatchForm, PressForm
from portal.people.requests import Request
from portal.web.page import page


@own_draft
def index(request: Request, review: Review) -> HttpResponse:
    if not review.counted_items:
        raise Http404
    return page(request, "fidelity/tallies/index.html", {"review": review, "pad": pad_of(review)})


@own_draft
def new(request: Request, review: Review) -> HttpResponse:
    """A batch from the page's script, answered in JSON: {counts, scores}; 409 when the review was
    submitted somewhere else, 422 {errors}. Or one press without script, and back to the pad."""
    if request.method != "POST":
        return redirect("fidelity:tallies.index", pk=review.pk)
    if wants_json(request):
        return _batch(request, review)
    form = PressForm(request.POST)
    if form.is_valid():
        clock = Clock.objects.filter(review=review).first() or Clock()
        ran = clock.elapsed()
        # The first press starts the clock; who paused it, paused it.
        reading = Reading(ran, clock.runs or ran == 0)
        try:
            Tally.objects.take(review, [form.press(ran)], clock=reading)
        except (AlreadySubmitted, ValueError):
            return redirect("fidelity:reviews.show", pk=review.pk)
    return redirect("fidelity:tallies.index", pk=review.pk)


@own_draft
def remove(request: Request, review: Review) -> HttpResponse:
    """Without script: the latest press back."""
    if request.method == "POST":
        try:
            Tally.objects.undo_last(review)
        except AlreadySubmitted:
            return redirect("fidelity:reviews.show", pk=review.pk)
    return redirect("fidelity:tallies.index", pk=review.pk)


def _batch(request: Request, review: Review) -> HttpResponse:
    form = BatchForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    presses, undone, clock = form.cleaned_data["batch"]
    try:
        Tally.objects.take(review, presses, undone=undone, clock=clock)
    except AlreadySubmitted:
        return submitted_elsewhere(review)
    except ValueError as wrong:
        return JsonResponse({"errors": {"batch": [str(wrong)]}}, status=422)
    scores = render_to_string("fidelity/_scores.html", {"scores": scores_so_far(review)}, request)
    return JsonResponse({"counts": counts_so_far(review), "scores": scores})
