"""Opting out by the link in a mail: reading asks, posting does, nobody signs in."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from portal import access
from portal.notices.models import Preference
from portal.notices.unsubscribing import read
from portal.web.page import page


@csrf_exempt  # mail providers post without a cookie (RFC 8058); the token is the proof
@access.public
def new(request: HttpRequest, token: str) -> HttpResponse:
    """A mail program's one click is answered with nothing, a person with a page."""
    chosen = read(token)
    one_click = request.method == "POST" and request.POST.get("List-Unsubscribe") == "One-Click"
    if chosen is None:
        if one_click:
            return HttpResponse(status=404)
        return page(request, "notices/unsubscriptions/unknown.html", status=404)
    person, category, channel = chosen
    if request.method == "POST":
        Preference.choose(person, category, channel, wanted=False)
        if one_click:
            return HttpResponse()
    context = {"category": category.label, "done": request.method == "POST"}
    return page(request, "notices/unsubscriptions/new.html", context)
