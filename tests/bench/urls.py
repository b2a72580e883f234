"""The portal's URLs and two more: the empty view, behind the same middleware, for a signed-in
person, that answers with a short text, and the same for anybody."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal import access
from portal.urls import urlpatterns as portal_urls


@access.signed_in
def empty(request: HttpRequest) -> HttpResponse:
    # `request.user` has been read by the rule, as on every page.
    return HttpResponse("Nothing to see, quickly.")


@access.public
def nothing(request: HttpRequest) -> HttpResponse:
    """The same for somebody who is not signed in."""
    return HttpResponse("Nothing to see, quickly.")


urlpatterns = [
    path("bench/empty", empty, name="bench-empty"),
    path("bench/nothing", nothing, name="bench-nothing"),
    *portal_urls,
]
handler403 = "portal.web.errors.forbidden"
handler404 = "portal.web.errors.not_found"
