"""A draft as a page's script saves it. JSON: {version, saved_at}; 409 {version, answers} when it
was changed or submitted somewhere else, 422 {errors}, 401 when signed out."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect

from fidelity.access import own_draft, submitted_elsewhere
from fidelity.forms import AnswersForm
from fidelity.models import AlreadySubmitted, ChangedElsewhere, Review
from fidelity.pad import counts_of
from fidelity.page_forms import PageForm, stands
from portal.people.requests import Request


@own_draft
def edit(request: Request, review: Review) -> HttpResponse:
    if request.method != "POST":
        return redirect(review)
    form = AnswersForm(request.POST, version=review.version.sheet)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    try:
        review.keep(form.entries(), page=PageForm(request.POST).read())
    except ChangedElsewhere:
        form.show_tallied(counts_of(review))
        answers = {"version": review.saves, "answers": stands(form, review)}
        return JsonResponse(answers, status=409)
    except AlreadySubmitted:
        return submitted_elsewhere(review)
    assert review.saved_at is not None  # it was just saved
    saved_at = review.saved_at.isoformat(timespec="milliseconds")
    return JsonResponse({"version": review.saves, "saved_at": saved_at})
