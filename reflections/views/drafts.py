"""A draft as a page's script saves it. JSON: {version, saved_at}, 409 {version, answers} when it
was changed somewhere else, 422 {errors}, 401 when signed out."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect

from portal.people.requests import Request
from reflections.access import own_page
from reflections.forms import WritingForm
from reflections.models import Conflict, Reflection
from reflections.pages import blank_page


@own_page
def edit(request: Request, reflection: Reflection) -> HttpResponse:
    if request.method != "POST":
        return redirect("reflections:reflections.edit", reflection.key)
    if problem := blank_page(request, reflection):
        return JsonResponse({"errors": {"prompts": [problem]}}, status=422)
    form = WritingForm(reflection, request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    try:
        form.save_draft()
    except Conflict as conflict:
        theirs = form.texts_of(conflict.theirs, conflict.their_next_time)
        return JsonResponse({"version": conflict.version, "answers": theirs}, status=409)
    saved_at = reflection.saved_at.isoformat(timespec="milliseconds")
    return JsonResponse({"version": reflection.version, "saved_at": saved_at})
