"""The day: what is next for this person."""

from django.http import HttpResponse

from portal import access
from portal.home.day import day_of
from portal.people.requests import Request
from portal.web.page import page


@access.signed_in
def index(request: Request) -> HttpResponse:
    return page(request, "home/today/index.html", {"day": day_of(request.user)})
