"""A draft as a page's script, or a device's worker, saves it. JSON: {version, saved_at}, and with
`keep` {kept, url} or {kept, errors}; 409 {version, answers} when it was changed somewhere else, 422
{errors}, 401 when signed out."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect

from portal.people.requests import Request
from reflections.access import own_page, signed_in_script
from reflections.forms import WritingForm
from reflections.models import Conflict, Reflection
from reflections.pages import blank_page


@signed_in_script
def index(request: Request) -> HttpResponse:
    """Who is signed in, and the token that they post with: a page that was kept on a device, or was
    open while its person signed in anew, has neither."""
    return JsonResponse({"person": request.user.pk, "token": get_token(request)})


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
    answer: dict[str, Any] = {"version": reflection.version, "saved_at": saved_at}
    if "keep" in request.POST:
        answer |= _kept(request, form, reflection)
    return JsonResponse(answer)


def _kept(request: Request, form: WritingForm, reflection: Reflection) -> dict[str, Any]:
    """Keep what was closed on a device; where that is refused it waits as a draft, and says why.
    Its person asked for it: what they removed elsewhere meanwhile is back."""
    if reflection.is_removed:
        reflection.bring_back(by=request.user)
    if form.refuse_to_keep():
        return {"kept": False, "errors": form.errors}
    try:
        reflection.keep()
    except ValidationError as error:
        return {"kept": False, "errors": {"": error.messages}}
    return {"kept": True, "url": reflection.get_absolute_url()}
