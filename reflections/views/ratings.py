"""My self-ratings by skill. Nobody else's page, and beside no observed score."""

from django.http import HttpResponse

from portal import access
from portal.people.requests import Request
from portal.web.page import page
from reflections.series import series_of


@access.signed_in
def index(request: Request) -> HttpResponse:
    return page(request, "reflections/ratings/index.html", {"skills": series_of(request.user)})
