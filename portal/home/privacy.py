"""Who sees what, on one short page, for everybody."""

from django.http import HttpRequest, HttpResponse

from portal import access
from portal.web.page import page


@access.public
def show(request: HttpRequest) -> HttpResponse:
    return page(request, "home/privacy/show.html")
