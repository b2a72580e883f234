"""The portal's URLs and one more: the empty view, behind the same middleware, for a signed-in
person, that answers with a short text."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal import access
from portal.urls import urlpatterns as portal_urls


@access.signed_in
def empty(request: HttpRequest) -> HttpResponse:
    # `request.user` has been read by the rule, as on every page.
    return HttpResponse("Nothing to see, quickly.")


urlpatterns = [path("bench/empty", empty, name="bench-empty"), *portal_urls]
handler403 = "portal.web.errors.forbidden"
handler404 = "portal.web.errors.not_found"
